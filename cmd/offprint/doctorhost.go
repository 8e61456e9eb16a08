package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"offprint"
	"offprint/article"
	"offprint/fonts/noto"
)

// checkConfig reads the configuration and checks each section.
func (d *doctor) checkConfig(context.Context) []finding {
	const check = "configuration"
	c, err := d.app.configuration()
	if err != nil {
		return []finding{fault(exitUsage, check, hintFor(err), "%s", oneLine(err))}
	}
	d.config = c
	var found []finding
	for _, problem := range lines(c.problems()) {
		found = append(found, fault(exitUsage, check, "offprint config check shows each value and where it is from", "%s", problem))
	}
	for _, loose := range c.looseSecrets() {
		found = append(found, warning(check, "let only the owner read it", "%s", loose))
	}
	if len(found) > 0 {
		return found
	}
	if len(c.files) == 0 {
		return []finding{well(check, "no file; all settings are the defaults, or from the environment")}
	}
	return []finding{well(check, "%s", strings.Join(c.files, ", "))}
}

// latin is the line of Latin letters that checkFonts sets after those that the
// embedded families are drawn for.
var latin = noto.Sample{Lang: "en", Text: "The early ferry, 6 times a day."}

// checkFonts sets a line in each language and draws it.
func (d *doctor) checkFonts(ctx context.Context) []finding {
	const check, hint = "fonts", "the program is damaged: install it anew"
	for _, s := range append(noto.Samples(), latin) {
		lib, err := library("", "")
		if err != nil {
			return []finding{fault(exitRender, check, hint, "%v", err)}
		}
		art := &article.Article{Lang: s.Lang, Title: s.Text, Blocks: []article.Block{
			{Kind: article.Paragraph, Text: s.Text, Inlines: []article.Inline{{Text: s.Text}}},
		}}
		doc, err := offprint.Layout(ctx, art, offprint.Options{Fonts: lib})
		if err == nil {
			err = doc.PDF(new(bytes.Buffer))
		}
		if err != nil {
			return []finding{fault(exitRender, check, hint, "set a line in %s: %v", s.Lang, err)}
		}
		for _, w := range doc.Warnings {
			if w.Code == "missing-glyph" {
				return []finding{fault(exitRender, check, hint, "set a line in %s: %s", s.Lang, w.Message)}
			}
		}
	}
	return []finding{well(check, "%d families; a line in each language was set and drawn", len(noto.Families()))}
}

// minFree is the free room below which doctor warns, in bytes: some hundred PDFs.
const minFree = 200 << 20

// checkDisk writes a file where offprint writes: the current folder, the folder
// for temporary files, and data_dir as soon as there is one.
func (d *doctor) checkDisk(context.Context) []finding {
	const check = "disk"
	folders := []string{".", os.TempDir()}
	if d.config != nil && isFolder(d.config.DataDir) {
		folders = append(folders, d.config.DataDir)
	}
	var found []finding
	for _, folder := range folders {
		if err := tryWriting(folder); err != nil {
			found = append(found, fault(exitRender, check, "let offprint write there, or run it elsewhere", "%s: %v", folder, reason(err)))
			continue
		}
		if free, known := freeBytes(folder); known && free < minFree {
			found = append(found, warning(check, "make room", "%s: only %d MB are free", folder, free>>20))
		}
	}
	if len(found) > 0 {
		return found
	}
	return []finding{well(check, "%s can be written to", strings.Join(folders, ", "))}
}

// tryWriting writes a file and takes it away again.
func tryWriting(folder string) error {
	file, err := os.CreateTemp(folder, ".offprint-doctor-*")
	if err != nil {
		return err
	}
	_, err = file.Write(make([]byte, 4096))
	err = errors.Join(err, file.Close())
	if gone := os.Remove(file.Name()); !errors.Is(gone, fs.ErrNotExist) {
		err = errors.Join(err, gone)
	}
	return err
}

// maxSkew is how far the clock may be off: letters dated otherwise are taken for
// junk, and signatures for forged.
const maxSkew = 5 * time.Minute

// checkClock holds the clock against the time of the program's build, and, where
// the publisher has a server, against that server's.
func (d *doctor) checkClock(ctx context.Context) []finding {
	const check, hint = "clock", "set the clock, and keep it set with NTP"
	now := d.now()
	if built := buildTime(); now.Before(built) {
		return []finding{fault(exitUsage, check, hint, "it is %s here, before this program was made", now.Format(time.RFC3339))}
	}
	if d.config == nil || d.config.Site.PublicURL == "" {
		return []finding{well(check, "%s; not compared with another one, as site.public_url is not set", now.Format(time.RFC3339))}
	}
	theirs, err := d.serverTime(ctx, d.config.Site.PublicURL)
	if err != nil {
		return []finding{warning(check, "check site.public_url and the network", "%s here; not compared: %v", now.Format(time.RFC3339), err)}
	}
	if skew := now.Sub(theirs).Abs(); skew > maxSkew {
		return []finding{fault(exitUsage, check, hint, "it is %s off the clock of site.public_url", skew.Round(time.Second))}
	}
	return []finding{well(check, "%s, as at site.public_url", now.Format(time.RFC3339))}
}

// buildTime is when the program's source was committed, as far as that is known.
func buildTime() time.Time {
	if build, ok := debug.ReadBuildInfo(); ok {
		for _, setting := range build.Settings {
			if t, err := time.Parse(time.RFC3339, setting.Value); setting.Key == "vcs.time" && err == nil {
				return t
			}
		}
	}
	return time.Time{}
}

// serverTime asks a web server for its time (RFC 9110 §6.6.1).
func (d *doctor) serverTime(ctx context.Context, address string) (time.Time, error) {
	ctx, cancel := context.WithTimeout(ctx, d.app.timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodHead, address, nil)
	if err != nil {
		return time.Time{}, errors.New("not a URL")
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		var wrapped *url.Error
		if errors.As(err, &wrapped) {
			err = wrapped.Err
		}
		return time.Time{}, err
	}
	resp.Body.Close()
	return http.ParseTime(resp.Header.Get("Date"))
}
