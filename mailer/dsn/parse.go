package dsn

import (
	"regexp"
	"strings"

	"offprint/mailer"
)

// ParseReport reads a mail that arrived at the bounce address. What is no report
// is no error either, but a Report of another [Kind]. An [*Error] means that the
// bytes are no mail, or a delivery report that says nothing.
func ParseReport(raw []byte) (*Report, error) {
	m, err := readMail(raw)
	if err != nil {
		return nil, err
	}
	r := &Report{Kind: Other}
	// 1. What is written for machines goes before all marks in the header: most
	// mail systems mark delivery reports as auto-replied, as answers are.
	status, feedback := statusPart(m), feedbackPart(m)
	switch {
	case feedback != nil:
		r.readFeedback(feedback)
	case status != nil:
		r.readStatus(status, m)
	}
	// 2. Bounces in words, also where the machines' part says nothing.
	if r.Kind == Other && r.readWords(m) {
		r.Kind = Words
	}
	if r.Kind == Other && (status != nil || claimsDelivery(m)) {
		return nil, errNoDetails
	}
	// 3. The rest asks for nothing.
	if r.Kind == Other && answersByItself(m) {
		r.Kind = AutoReply
	}
	r.identify(m)
	return r, nil
}

// statusPart finds the machines' part of a delivery report. Gateways turn
// multipart/report into multipart/mixed; then a mail system must have sent it,
// for people attach such parts when they ask what a bounce means.
func statusPart(m *part) *part {
	report := m.first("multipart/report")
	if report == nil && fromMailSystem(m) {
		report = m
	}
	if report == nil || strings.EqualFold(report.params["report-type"], "disposition-notification") {
		return nil
	}
	return report.first("message/delivery-status", "message/global-delivery-status")
}

// claimsDelivery reports whether the mail calls itself a delivery report.
func claimsDelivery(m *part) bool {
	report := m.first("multipart/report")
	return report != nil && strings.EqualFold(report.params["report-type"], "delivery-status")
}

// receiptTypes are the media types of read receipts (RFC 8098, RFC 6533).
var receiptTypes = []string{"message/disposition-notification", "message/global-disposition-notification"}

// feedbackPart finds the machines' part of a complaint.
func feedbackPart(m *part) *part {
	report := m.first("multipart/report")
	if report == nil {
		return nil
	}
	return report.first("message/feedback-report")
}

// identify finds out which message the report is about.
func (r *Report) identify(m *part) {
	// 1. The address that the report was sent to: the envelope's, where the last
	// mail system wrote it down, before the header's.
	for _, name := range []string{"x-original-to", "delivered-to", "envelope-to", "x-envelope-to", "to", "cc"} {
		for _, one := range m.fields {
			if one.name == name && r.addressedTo(one.value) {
				break
			}
		}
		if r.Token != "" {
			break
		}
	}
	// 2. The header that came back.
	if returned := m.first(returnedTypes...); returned != nil {
		header, _ := readFields(returned.content())
		r.readReturned(header)
	}
	// 3. A copy of it within the words, or what the report says it answers.
	if r.MessageID == "" && (r.Kind == Delivery || r.Kind == Words) {
		for _, text := range texts(m) {
			if found := messageIDLine.FindStringSubmatch(text); found != nil {
				r.MessageID = clean(found[1], maxAddress)
				break
			}
		}
	}
	if r.MessageID == "" {
		r.MessageID = messageID(m.fields.get("in-reply-to"))
	}
}

// returnedTypes are the media types of a returned message or its header
// (RFC 3464 §2, RFC 6533 §6).
var returnedTypes = []string{
	"message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers",
	"message/rfc822-headers", "text/rfc822", // seen in the wild
}

// readReturned takes what names our message from its header. Its Return-Path is
// the envelope's sender, as the last server but one wrote it down.
func (r *Report) readReturned(header fields) {
	r.MessageID = messageID(header.get("message-id"))
	if r.Mailed == "" {
		r.Mailed = firstAddress(words(header.get("to")))
	}
	for _, one := range header {
		if r.Token == "" && one.name == "return-path" {
			r.Token, _ = mailer.BounceToken(firstAddress(one.value))
		}
	}
}

// addressedTo notes the addresses of a field, and reports whether a bounce
// address is among them.
func (r *Report) addressedTo(value string) bool {
	for _, address := range addressIn.FindAllString(value, 100) {
		token, ok := mailer.BounceToken(address)
		if ok {
			r.To, r.Token = clean(address, maxAddress), token
			return true
		}
		if r.To == "" {
			r.To = clean(address, maxAddress)
		}
	}
	return false
}

var (
	// addressIn finds addresses in a field or in words.
	addressIn = regexp.MustCompile(`[^\s<>,;:"'()\[\]]+@[^\s<>,;:"'()\[\]]+`)
	bracketed = regexp.MustCompile(`<([^<>\s]+@[^<>\s]+)>`)
	// idIn finds a Message-ID in its field.
	idIn = regexp.MustCompile(`<([^<>\s]+)>`)
	// messageIDLine finds the field within words.
	messageIDLine = regexp.MustCompile(`(?mi)^[> \t]*message-id:\s*<([^<>\s]+)>`)
)

// firstAddress gives the first address of a field: one in angle brackets before
// one that may be somebody's name.
func firstAddress(value string) string {
	if found := bracketed.FindStringSubmatch(value); found != nil {
		return clean(found[1], maxAddress)
	}
	return clean(addressIn.FindString(value), maxAddress)
}

// messageID gives the first Message-ID of a field, without its brackets.
func messageID(value string) string {
	if found := idIn.FindStringSubmatch(value); found != nil {
		return clean(found[1], maxAddress)
	}
	if strings.ContainsAny(value, " \t<>") {
		return ""
	}
	return clean(value, maxAddress)
}

// answersByItself reports whether a program wrote the mail in answer to another:
// by the marks of RFC 3834 §5 and those that are older, and by what programs
// without marks write into the subject.
func answersByItself(m *part) bool {
	if mark := strings.ToLower(m.fields.get("auto-submitted")); mark != "" && !strings.HasPrefix(mark, "no") {
		return true
	}
	for _, name := range []string{"x-autoreply", "x-autorespond", "x-autoreply-from", "x-mail-autoreply"} {
		if m.fields.has(name) {
			return true
		}
	}
	if strings.Contains(strings.ToLower(m.fields.get("precedence")), "auto") ||
		m.first(receiptTypes...) != nil {
		return true
	}
	subject := strings.ToLower(words(m.fields.get("subject")))
	for _, phrase := range replySubjects {
		if strings.Contains(subject, phrase) {
			return true
		}
	}
	return false
}

var replySubjects = []string{
	"out of office", "out of the office", "automatic reply", "auto reply", "autoreply", "auto-reply",
	"自动回复", "自動回覆", "自動回復", "自動返信", "자동 회신", "자동 응답",
}
