package press

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"runtime"
	"strings"
	"time"

	"offprint"
	"offprint/article"
	"offprint/internal/store"
	"offprint/templates"
)

// Config is what a press works with. Options.Fonts and Cache are needed.
type Config struct {
	// Options are the fonts, the site, what may be fetched, and what holds where a
	// request leaves a print option open.
	Options offprint.Options
	// Cache is where finished documents are kept and found.
	Cache *store.Cache
	// PublicURL is where readers reach the service; documents' addresses begin
	// with it. It may be empty.
	PublicURL string
	// Limits bound what is made at a time and in all.
	Limits Limits
	// Mail says how letters are made. Nil: no letters are made.
	Mail *Mail
	// Observe, when set, is told how long each step took. Steps: "fetch", "parse",
	// "gather", "set", "draw".
	Observe func(step string, took time.Duration)
	// Warned, when set, is told of each document that was made how many warnings of a
	// code it has.
	Warned func(code string, n int)
	// Log gets what goes wrong here, and what documents are warned of. Nil: it is not logged.
	Log *slog.Logger
}

// Limits bound the work: the section [limits] of the configuration, in part. The
// zero value of each is its default.
type Limits struct {
	Slots      int `toml:"slots"`      // articles set and drawn at a time; one a core
	Open       int `toml:"open"`       // articles under way at a time, being read included; 4 a slot
	Waiting    int `toml:"waiting"`    // requests that may wait for that; 16 a slot
	Pages      int `toml:"pages"`      // of a document; 500
	Characters int `toml:"characters"` // of an article; 400,000
	// Megapixels bounds the pictures that are decoded at a time. Each megapixel takes
	// some 20 MB. 50, the largest picture.
	Megapixels int           `toml:"megapixels"`
	Time       time.Duration `toml:"time"` // to make a document, waiting included; 1 minute
}

func (l *Limits) setDefaults() {
	l.Slots = cmp.Or(l.Slots, runtime.GOMAXPROCS(0))
	l.Open = cmp.Or(l.Open, 4*l.Slots)
	l.Waiting = cmp.Or(l.Waiting, 16*l.Slots)
	l.Pages = cmp.Or(l.Pages, 500)
	l.Characters = cmp.Or(l.Characters, 400_000)
	l.Megapixels = cmp.Or(l.Megapixels, 50)
	l.Time = cmp.Or(l.Time, time.Minute)
}

// Validate gives an error for the first limit that cannot be kept.
func (l *Limits) Validate() error {
	for _, one := range []struct {
		name  string
		value int
	}{
		{"slots", l.Slots},
		{"open", l.Open},
		{"waiting", l.Waiting},
		{"pages", l.Pages},
		{"characters", l.Characters},
		{"megapixels", l.Megapixels},
	} {
		if one.value < 0 {
			return fmt.Errorf("limits.%s is %d: want a number above 0, or leave it out", one.name, one.value)
		}
	}
	if l.Time < 0 {
		return fmt.Errorf("limits.time is %s: want a time such as 60s, or leave it out", l.Time)
	}
	return nil
}

// Press prints. It is safe for use by many goroutines at once.
type Press struct {
	config Config
	open   *gate // for all of a document's making
	slots  *gate // for what keeps a core busy

	fonts []store.Key // of the font files
}

// New makes a press.
func New(c Config) (*Press, error) {
	if c.Options.Fonts == nil || c.Cache == nil {
		return nil, errors.New("make press: it needs fonts and a cache")
	}
	c.Limits.setDefaults()
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Warned == nil {
		c.Warned = func(string, int) {}
	}
	if c.Observe == nil {
		c.Observe = func(string, time.Duration) {}
	}
	c.PublicURL = strings.TrimSuffix(c.PublicURL, "/")
	p := &Press{
		config: c,
		open:   newGate(c.Limits.Open, c.Limits.Waiting),
		slots:  newGate(c.Limits.Slots, math.MaxInt32), // who waits for it came through open
	}
	p.config.Options.PictureMemory = pixelGate(int64(c.Limits.Megapixels) * 1_000_000)
	if p.config.Options.Remember == nil {
		p.config.Options.Remember = new(offprint.SmallPictures)
	}
	for _, font := range c.Options.Fonts.Identity() {
		p.fonts = append(p.fonts, store.ContentKey([]byte(font)))
	}
	return p, nil
}

// Waiting is how many requests wait for their turn, for the metrics.
func (p *Press) Waiting() int { return int(p.open.waiting.Load()) }

// Parse reads the article that a request names and gives it without printing it.
func (p *Press) Parse(ctx context.Context, r *Request) (*article.Article, error) {
	options, err := p.checked(r)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, p.config.Limits.Time)
	defer cancel()
	leave, err := p.open.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	work, err := p.read(ctx, r, options)
	if err != nil {
		return nil, err
	}
	defer work.close()
	return work.article, nil
}

// Purge forgets all that was printed of an address: the page is read again when
// it is next asked for. It says how many objects were deleted.
func (p *Press) Purge(ctx context.Context, address string) (int, error) {
	return p.config.Cache.Purge(ctx, Source(address))
}

// designBytes are the bytes that decide a page design's look.
func designBytes(name string) ([]byte, error) {
	design, err := templates.Load(name)
	if err != nil {
		return nil, &offprint.OptionError{Option: "template", Value: name, Err: err}
	}
	return json.Marshal(design)
}
