package letter

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"offprint"
	"offprint/article"
	"offprint/internal/sample"
)

// roughPhoto is an article with one photograph, of about a byte a pixel.
func roughPhoto(t *testing.T, w, h int) *article.Article {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = byte(random.Uint32())
	}
	img.Set(0, 0, color.White)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 85}); err != nil {
		t.Fatal(err)
	}
	art := sample.News()
	art.Blocks[1].Image.URL = "data:image/jpeg;base64," + base64.StdEncoding.EncodeToString(b.Bytes())
	return art
}

func TestMailingShrinksPictures(t *testing.T) {
	art := roughPhoto(t, 2000, 1500)
	for _, c := range []struct {
		name  string
		limit func(*Options)
		fails bool
	}{
		{"under both limits", func(o *Options) { o.AttachLimit = 20e6 }, false},
		{"attachment limit", func(o *Options) { o.AttachLimit = 900_000 }, false},
		{"server's limit", func(o *Options) { o.AttachLimit, o.MaxSize = 20e6, 1_000_000 }, false},
		{"too small for any picture", func(o *Options) { o.AttachLimit = 10_000 }, true},
		{"too small for the letter", func(o *Options) { o.Attach, o.MaxSize = AttachNone, 1000 }, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := options(t)
			c.limit(&o)
			mailing := newMailing(t, art, o)
			m, err := mailing.Compose(t.Context(), reader(t))
			var tooLarge *TooLargeError
			if c.fails {
				if !errors.As(err, &tooLarge) || tooLarge.Hint() == "" {
					t.Fatalf("error %v, want a TooLargeError", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			_, leaf := parts(t, m)
			if n := int64(len(leaf["application/pdf"])); n > o.attachLimit() || o.MaxSize > 0 && int64(len(m.Bytes)) > o.MaxSize {
				t.Errorf("PDF has %d bytes, the message %d", n, len(m.Bytes))
			}
			e, err := mailing.Edition(t.Context(), "")
			if err != nil {
				t.Fatal(err)
			}
			told := false
			for _, w := range e.Document.Warnings {
				told = told || w.Code == "pictures-shrunk"
			}
			if told != (c.name != "under both limits") {
				t.Errorf("warnings %v", e.Document.Warnings)
			}
		})
	}
}

// busyPress is a mailing whose pictures wait for memory that never comes, until
// release is called. started is told of each that waits.
func busyPress(t *testing.T) (m *Mailing, started chan struct{}, release func()) {
	t.Helper()
	started, held := make(chan struct{}, 100), make(chan struct{})
	gathered := false
	o := options(t)
	o.AttachLimit = 200_000 // so that the photograph is made smaller, which takes memory
	print := offprint.Options{Fonts: library}
	print.PictureMemory = func(ctx context.Context, _ int) (func(), error) {
		if !gathered {
			return func() {}, nil
		}
		started <- struct{}{}
		select {
		case <-held:
			return func() {}, nil
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	m, err := New(t.Context(), roughPhoto(t, 600, 450), print, o)
	if err != nil {
		t.Fatal(err)
	}
	gathered = true
	return m, started, sync.OnceFunc(func() { close(held) })
}

// Who waits for an edition that another makes can stop by the context, and the
// edition is made once for all who stay.
func TestEditionWaiterIsCancelled(t *testing.T) {
	m, started, release := busyPress(t)
	defer release()
	type made struct {
		edition *Edition
		err     error
	}
	ended := make(chan made, 2)
	for range 2 {
		go func() {
			e, err := m.Edition(t.Context(), "")
			ended <- made{e, err}
		}()
	}
	<-started
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := m.Edition(ctx, ""); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a waiter whose time is over: %v", err)
	}
	// Another size is not held up by this one's locks.
	ctx, cancel = context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := m.Edition(ctx, "7"); errors.Is(err, context.DeadlineExceeded) || err == nil {
		t.Errorf("another size: %v, want that it is no size", err)
	}
	release()
	first, second := <-ended, <-ended
	if first.err != nil || second.err != nil || first.edition != second.edition {
		t.Errorf("%p %v, %p %v: want one edition", first.edition, first.err, second.edition, second.err)
	}
}

// An edition whose maker was stopped is made by who waits for it.
func TestEditionMakerIsCancelled(t *testing.T) {
	m, started, release := busyPress(t)
	defer release()
	ctx, cancel := context.WithCancel(t.Context())
	maker, waiter := make(chan error, 1), make(chan error, 1)
	go func() {
		_, err := m.Edition(ctx, "")
		maker <- err
	}()
	<-started
	go func() {
		_, err := m.Edition(t.Context(), "")
		waiter <- err
	}()
	cancel()
	if err := <-maker; !errors.Is(err, context.Canceled) {
		t.Errorf("the maker: %v", err)
	}
	<-started // the waiter makes it now
	release()
	if err := <-waiter; err != nil {
		t.Errorf("the waiter: %v", err)
	}
}

// An edition whose making panics does not hold up who asks again.
func TestEditionAfterPanic(t *testing.T) {
	o := options(t)
	o.AttachLimit = 200_000
	trip := false
	print := offprint.Options{Fonts: library}
	print.PictureMemory = func(context.Context, int) (func(), error) {
		if trip {
			panic("tripped")
		}
		return func() {}, nil
	}
	m, err := New(t.Context(), roughPhoto(t, 600, 450), print, o)
	if err != nil {
		t.Fatal(err)
	}
	trip = true
	func() {
		defer func() { recover() }()
		m.Edition(t.Context(), "")
		t.Error("no panic")
	}()
	trip = false
	if _, err := m.Edition(t.Context(), ""); err != nil {
		t.Error(err)
	}
}

// Whoever makes a place for a PDF that is too large may ask the mailing meanwhile,
// and many may do so at a time.
func TestUseLink(t *testing.T) {
	o := options(t)
	o.AttachLimit = 10_000
	m := newMailing(t, sample.News(), o)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			var tooLarge *TooLargeError
			for _, size := range []string{"", "giant"} {
				if _, err := m.Edition(t.Context(), size); err == nil {
					continue // another has named the link already
				} else if !errors.As(err, &tooLarge) || !tooLarge.Linkable {
					t.Errorf("size %q: error %v, want one that asks for a link", size, err)
				}
				link := Link{URL: fmt.Sprintf("https://print.example/%s.pdf", size), Size: 19_000}
				if err := m.UseLink(size, link); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	message, err := m.Compose(t.Context(), reader(t))
	if err != nil {
		t.Fatal(err)
	}
	_, leaf := parts(t, message)
	if text := string(leaf["text/plain"]); !strings.Contains(text, "https://print.example/.pdf") || leaf["application/pdf"] != nil {
		t.Errorf("a letter without the link:\n%s", text)
	}
	e, err := m.Edition(t.Context(), "giant")
	if err != nil || e.Link == nil || e.Link.URL != "https://print.example/giant.pdf" || e.PDF != nil {
		t.Errorf("edition %+v, %v", e, err)
	}
}

// A link does not help where nothing is attached, or where it would be too much.
func TestLinkDoesNotHelp(t *testing.T) {
	o := options(t)
	o.Attach, o.MaxSize = AttachNone, 1000
	m := newMailing(t, sample.News(), o)
	var tooLarge *TooLargeError
	if _, err := m.Edition(t.Context(), ""); !errors.As(err, &tooLarge) || tooLarge.Linkable {
		t.Errorf("nothing attached: %v", err)
	}
	o.Attach = AttachPDF
	m = newMailing(t, sample.News(), o)
	if _, err := m.Edition(t.Context(), ""); !errors.As(err, &tooLarge) || !tooLarge.Linkable {
		t.Errorf("a PDF: %v", err)
	}
	if err := m.UseLink("", Link{URL: "https://print.example/a.pdf", Size: 1}); !errors.As(err, &tooLarge) || tooLarge.Linkable {
		t.Errorf("a link in its place: %v", err)
	}
}
