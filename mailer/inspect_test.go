package mailer

import (
	"errors"
	"testing"
	"time"
)

func TestInspect(t *testing.T) {
	good, plain := openOffice(t, withStartTLS, withLimit(5000)), openOffice(t)
	c := good.config(t, StartTLS, "PLAIN")
	c.Servers = []Server{plain.config(t, NoTLS, "").Server, plain.config(t, NoTLS, "SCRAM-SHA-256").Server}
	reports := newSender(t, c).Inspect(t.Context())
	if len(reports) != 3 {
		t.Fatalf("%d reports, want 3", len(reports))
	}
	if r := reports[0]; r.Err != nil || r.TLS != "TLS 1.3" || r.Size != 5000 || !r.UTF8 || time.Until(r.CertExpires) <= 0 || r.Addr != good.addr.String() {
		t.Errorf("first server: %+v", r)
	}
	if r := reports[1]; r.Err != nil || r.TLS != "" || !r.CertExpires.IsZero() {
		t.Errorf("second server: %+v", r)
	}
	var e *Error
	if r := reports[2]; !errors.As(r.Err, &e) || !e.Setup() {
		t.Errorf("third server: %+v", r)
	}
	if len(good.mail())+len(plain.mail()) != 0 {
		t.Error("something was sent")
	}
}
