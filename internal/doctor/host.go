package doctor

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
	"offprint/internal/config"
	"offprint/internal/hint"
)

// checkConfig reads the configuration and checks each section.
func (d *doctor) checkConfig(context.Context) []Finding {
	const check = "configuration"
	c, err := d.Load()
	if err != nil {
		return []Finding{fault(Setup, check, hint.Of(err), "%s", hint.Joined(err))}
	}
	d.config = c
	var found []Finding
	for _, problem := range hint.Lines(c.Problems()) {
		found = append(found, fault(Setup, check, config.ShowsValues, "%s", problem))
	}
	for _, loose := range c.LooseSecrets() {
		found = append(found, warning(check, "let only the owner read it", "%s", loose))
	}
	if len(found) > 0 {
		return found
	}
	if len(c.Files()) == 0 {
		return []Finding{ok(check, "no file; all settings are the defaults, or from the environment")}
	}
	return []Finding{ok(check, "%s", strings.Join(c.Files(), ", "))}
}

// latin is the line of Latin letters that checkFonts sets after those that the
// embedded families are drawn for.
var latin = noto.Sample{Lang: "en", Text: "The early ferry, 6 times a day."}

// checkFonts sets a line in each language and draws it.
func (d *doctor) checkFonts(ctx context.Context) []Finding {
	const check, advice = "fonts", "the program is damaged: install it anew"
	for _, s := range append(noto.Samples(), latin) {
		art := &article.Article{Lang: s.Lang, Title: s.Text, Blocks: []article.Block{
			{Kind: article.Paragraph, Text: s.Text, Inlines: []article.Inline{{Text: s.Text}}},
		}}
		doc, err := offprint.Layout(ctx, art, offprint.Options{Fonts: noto.Library()})
		if err == nil {
			err = doc.PDF(ctx, new(bytes.Buffer))
		}
		if err != nil {
			return []Finding{fault(Broken, check, advice, "set a line in %s: %v", s.Lang, err)}
		}
		for _, w := range doc.Warnings {
			if w.Code == "missing-glyph" {
				return []Finding{fault(Broken, check, advice, "set a line in %s: %s", s.Lang, w.Message)}
			}
		}
	}
	return []Finding{ok(check, "%d families; a line in each language was set and drawn", len(noto.Families()))}
}

// isFolder reports whether there is a folder at path.
func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// minFree is the free room below which doctor warns, in bytes: some hundred PDFs.
const minFree = 200 << 20

// checkDisk writes a file where offprint writes: the current folder, the folder
// for temporary files, and data_dir as soon as there is one.
func (d *doctor) checkDisk(context.Context) []Finding {
	const check = "disk"
	folders := []string{".", os.TempDir()}
	if d.config != nil && isFolder(d.config.DataDir) {
		folders = append(folders, d.config.DataDir)
	}
	var found []Finding
	for _, folder := range folders {
		if err := tryWriting(folder); err != nil {
			found = append(found, fault(Broken, check, "let offprint write there, or run it elsewhere",
				"%s: %v", folder, hint.Reason(err)))
			continue
		}
		if free, known := freeBytes(folder); known && free < minFree {
			found = append(found, warning(check, "make room", "%s: only %d MB are free", folder, free>>20))
		}
	}
	if len(found) > 0 {
		return found
	}
	return []Finding{ok(check, "%s can be written to", strings.Join(folders, ", "))}
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
func (d *doctor) checkClock(ctx context.Context) []Finding {
	const check, advice = "clock", "set the clock, and keep it set with NTP"
	now := d.now()
	here := now.Format(time.RFC3339)
	if built := buildTime(); now.Before(built) {
		return []Finding{fault(Setup, check, advice, "it is %s here, before this program was made", here)}
	}
	if d.config == nil || d.config.Site.PublicURL == "" {
		return []Finding{ok(check, "%s; not compared with another one, as site.public_url is not set", here)}
	}
	theirs, err := d.serverTime(ctx, d.config.Site.PublicURL)
	if err != nil {
		return []Finding{warning(check, "check site.public_url and the network", "%s here; not compared: %v", here, err)}
	}
	if skew := now.Sub(theirs).Abs(); skew > maxSkew {
		return []Finding{fault(Setup, check, advice, "it is %s off the clock of site.public_url", skew.Round(time.Second))}
	}
	return []Finding{ok(check, "%s, as at site.public_url", here)}
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
	ctx, cancel := context.WithTimeout(ctx, d.Timeout)
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
