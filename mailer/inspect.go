package mailer

import (
	"context"
	"crypto/tls"
	"time"
)

// ServerReport is what one of the configured servers said when it was asked.
type ServerReport struct {
	Addr        string    // host:port
	TLS         string    // "TLS 1.3"; empty without
	CertExpires time.Time // of the server's certificate; zero without TLS
	Size        int64     // greatest message in bytes, 0 when it names no limit
	UTF8        bool      // takes addresses beyond ASCII
	Err         error     // why it could not be reached or logged in to; an *Error
}

// Inspect reaches and logs in to every configured server, one after another,
// and sends nothing. It leaves the connection that Deliver keeps alone.
func (s *Sender) Inspect(ctx context.Context) []ServerReport {
	reports := make([]ServerReport, len(s.servers))
	for i, server := range s.servers {
		reports[i] = ServerReport{Addr: server.addr()}
		session, e := dial(ctx, server, s.helo, s.Timeouts)
		if e != nil {
			reports[i].Err = e
			continue
		}
		reports[i].Size, reports[i].UTF8 = session.size, session.utf8
		if state, err := session.client.GetTLSConnectionState(); err == nil {
			reports[i].TLS = tls.VersionName(state.Version)
			if len(state.PeerCertificates) > 0 {
				reports[i].CertExpires = state.PeerCertificates[0].NotAfter
			}
		}
		session.close(true)
	}
	return reports
}
