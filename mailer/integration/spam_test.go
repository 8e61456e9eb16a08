//go:build integration

package integration

import (
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"offprint/mailer"
)

// maxScore is what a letter may score; SpamAssassin marks spam from 5.
const maxScore = 1.0

var scoreLine = regexp.MustCompile(`(?m)^X-Spam-Status: \w+, score=(-?[\d.]+)`)

// Every design and language stays clear of what filters look for, with pictures
// and without.
func TestSpamAssassin(t *testing.T) {
	need(t, "spamassassin")
	dir := t.TempDir()
	for _, s := range stories {
		for name, l := range variants(t, s) {
			t.Run(s.lang+"/"+name, func(t *testing.T) {
				file := filepath.Join(dir, s.lang+name+".eml")
				write(t, file, compose(t, l).Bytes)
				out := run(t, nil, "spamassassin", "-L", "-t", file)
				found := scoreLine.FindStringSubmatch(out)
				if found == nil {
					t.Fatalf("no score in\n%.2000s", out)
				}
				score, err := strconv.ParseFloat(found[1], 64)
				if err != nil {
					t.Fatal(err)
				}
				t.Logf("score %s", found[1])
				if score >= maxScore {
					report := out[max(0, strings.LastIndex(out, "Content analysis details")):]
					t.Errorf("score is %v, want less than %v\n%.3000s", score, maxScore, report)
				}
			})
		}
	}
}

// variants are the letters that a story can become: with all of the article or
// its opening and the PDF; with a link to the PDF in its place; with neither; and
// as a publisher sends it to a list.
func variants(t testing.TB, s story) map[string]*mailer.Letter {
	t.Helper()
	opening, link, list, linked := s.letter(t, false), s.letter(t, false), s.letter(t, true), s.letter(t, false)
	link.PDF, link.Thumbnail = nil, nil
	list.SenderName, list.Note = "", ""
	list.UnsubscribeURL = ""
	linked.PDF, linked.Thumbnail = nil, nil
	linked.PDFURL, linked.PDFSize = "https://news.offprint.test/v1/pdf/"+strings.Repeat("0123456789abcdef", 4)+".pdf", 9_340_000
	return map[string]*mailer.Letter{"whole": s.letter(t, true), "opening": opening, "link": link, "list": list, "linked": linked}
}
