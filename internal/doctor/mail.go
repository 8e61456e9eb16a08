package doctor

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"

	"offprint/internal/hint"
	"offprint/mailer"
)

// checkServers connects to each server as a delivery would: TCP, TLS, log-in.
func (d *doctor) checkServers(ctx context.Context) []Finding {
	const check = "mail server"
	if d.config == nil || !d.config.SetsMail() {
		return []Finding{skipped(check, "the section [mail] is empty: nothing can be mailed")}
	}
	if err := d.config.Mail.Validate(); err != nil {
		return []Finding{skipped(check, "the section [mail] is not in order")}
	}
	var found []Finding
	for _, server := range d.config.Mail.AllServers() {
		found = append(found, d.checkServer(ctx, server))
	}
	return found
}

// checkServer tries one server alone, without those that stand in for it.
func (d *doctor) checkServer(ctx context.Context, server mailer.Server) Finding {
	check := "mail server " + server.Host
	alone := d.config.Mail
	alone.Server, alone.Servers = server, nil
	sender, err := mailer.NewSender(&alone)
	if err != nil {
		return fault(Setup, check, "mend the file, or leave mail.suppression_file out", "%s", hint.Joined(err))
	}
	defer sender.Close()
	sender.Timeouts.Connect = min(sender.Timeouts.Connect, d.Timeout)
	sender.Timeouts.Greeting = min(sender.Timeouts.Greeting, d.Timeout)
	limit, err := sender.MaxSize(ctx)
	if err != nil {
		return serverFault(check, server, err)
	}
	done := "connected, TLS checked"
	if server.TLS == mailer.NoTLS {
		done = "connected, without TLS"
	}
	if server.Auth != "" {
		done += ", logged in as " + server.User
	}
	if limit == 0 {
		return ok(check, "%s; it names no limit for messages", done)
	}
	if float64(limit) < float64(d.config.Mail.Limit())*encodedSize {
		return warning(check, fmt.Sprintf("set mail.attach_limit to %d", int64(float64(limit)/encodedSize)),
			"%s; it takes messages of %d bytes, fewer than a PDF of mail.attach_limit (%d) makes",
			done, limit, d.config.Mail.Limit())
	}
	return ok(check, "%s; it takes messages of %d bytes", done, limit)
}

// encodedSize is how many bytes of a message a byte of an attachment makes:
// base64 in lines of 76 characters.
const encodedSize = 78.0 / 57

// serverFault says what to do about a connection that failed.
func serverFault(check string, server mailer.Server, err error) Finding {
	var e *mailer.Error
	if !errors.As(err, &e) {
		return fault(MailLater, check, "", "%v", err)
	}
	switch {
	case e.Op == "check certificate":
		return fault(MailRefused, check,
			"give the authority's certificate in mail.ca_file, or the name that the certificate is for in mail.host",
			"%v", err)
	case e.Op == "log in" && e.Setup():
		return fault(MailRefused, check, "check mail.user, mail.auth and what stands in mail.password_file", "%v", err)
	case e.Op == "prepare connection":
		return fault(MailRefused, check, "mend the file that is named, or name another", "%v", err)
	case e.Setup():
		return fault(MailRefused, check, "check mail.port and mail.tls: 587 goes with starttls, 465 with tls",
			"%v", err)
	}
	return fault(MailLater, check, "check mail.host and mail.port, and whether a firewall is between",
		"%v", err)
}

// checkKeys holds each DKIM key against its published record.
func (d *doctor) checkKeys(ctx context.Context) []Finding {
	const check = "DKIM"
	if d.config == nil || !d.config.SetsMail() {
		return []Finding{skipped(check, "the section [mail] is empty")}
	}
	keys, err := mailer.LoadKeys(&d.config.Mail)
	if err != nil {
		return []Finding{fault(Setup, check, "openssl genpkey -algorithm ed25519 -out dkim.pem makes a key", "%v", err)}
	}
	if len(keys) == 0 {
		return []Finding{warning(check, "set mail.dkim_domain and the keys: large providers turn unsigned mail away",
			"letters are not signed")}
	}
	var found []Finding
	for _, key := range keys {
		found = append(found, d.checkKey(ctx, key))
	}
	from, err := mailer.ParseMailbox(d.config.Mail.From)
	if err == nil && !within(from.Address.Domain(), keys[0].Domain) {
		found = append(found, warning(check,
			"sign with the domain of mail.from, or DMARC (RFC 7489 §3.1) does not count the signature",
			"letters are from %s and signed by %s", from.Address.Domain(), keys[0].Domain))
	}
	return found
}

// within reports whether two domains are the same, or one is beneath the other.
func within(a, b string) bool {
	return a == b || strings.HasSuffix(a, "."+b) || strings.HasSuffix(b, "."+a)
}

// checkKey looks one key up, in the file of --dkim-txt or in the DNS.
func (d *doctor) checkKey(ctx context.Context, key mailer.Key) Finding {
	check := "DKIM " + key.RecordName()
	publish := "publish as TXT record: " + key.Record()
	if len(key.Record()) > maxTXTString {
		publish += " (a zone file wants it in quoted strings of at most 255 characters each)"
	}
	records, err := d.records(ctx, key)
	var missing *net.DNSError
	switch {
	case errors.As(err, &missing) && !missing.IsNotFound:
		return fault(MailLater, check, "check the network, or give the record in a file: --dkim-txt",
			"look it up: %v", err)
	case err != nil && missing == nil:
		return fault(Setup, check, "--dkim-txt: a file with a TXT record a line", "%v", err)
	case len(records) == 0:
		return fault(MailRefused, check, publish, "there is no record")
	case d.DKIMFile == "" && len(records) > 1:
		return fault(MailRefused, check, "leave one (RFC 6376 §3.6.2.2)", "there are %d records", len(records))
	}
	for _, record := range records {
		if err = key.CheckRecord(record); err == nil {
			return ok(check, "the record is that of our key")
		}
	}
	return fault(MailRefused, check, publish, "%s", strings.TrimSuffix(err.Error(), "; publish: "+key.Record()))
}

// maxTXTString is how many bytes one string of a TXT record holds (RFC 1035
// §3.3.14); receivers join the strings (RFC 6376 §3.6.2.2).
const maxTXTString = 255

// records gives the TXT records that may be the key's.
func (d *doctor) records(ctx context.Context, key mailer.Key) ([]string, error) {
	if d.DKIMFile != "" {
		return readRecords(d.DKIMFile, key)
	}
	ctx, cancel := context.WithTimeout(ctx, d.Timeout)
	defer cancel()
	return d.lookUp(ctx, key.RecordName())
}

// readRecords reads the records of a file: a line each, bare or as in a zone
// file. Of lines that begin with a name, those of other names are left out.
func readRecords(path string, key mailer.Key) ([]string, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read --dkim-txt %s: %w", path, hint.Reason(err))
	}
	defer file.Close()
	var records []string
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' || line[0] == ';' {
			continue
		}
		name, record, zone := strings.Cut(line, "TXT")
		if !zone || strings.Contains(name, "=") {
			records = append(records, line)
			continue
		}
		name, _, _ = strings.Cut(strings.TrimSpace(name), " ")
		name, _, _ = strings.Cut(name, "\t")
		name = strings.TrimSuffix(strings.ToLower(name), ".")
		inFull := strings.ToLower(key.RecordName())
		inItsZone := strings.ToLower(key.Selector) + "._domainkey"
		if name == inFull || name == inItsZone {
			records = append(records, strings.TrimSpace(record))
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read --dkim-txt %s: %w", path, err)
	}
	return records, nil
}
