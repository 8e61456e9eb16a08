package offprint

import (
	"context"
	"time"

	"offprint/article"
	"offprint/internal/picture"
	"offprint/render"
	"offprint/typeset"
)

// pictureSet is what was fetched for an article. A picture that failed is in
// it with its error, and never stops the work.
type pictureSet struct {
	byURL    map[string]render.Picture
	logo     *typeset.Picture
	warnings []article.Warning
}

// decoders bounds how many pictures are unpacked at once: each may hold 50
// megapixels.
const decoders = 2

// pictures fetches and checks the article's pictures and its logo.
func (p *Page) pictures(ctx context.Context, art *article.Article) pictureSet {
	defer p.stage("pictures", time.Now())
	set := pictureSet{byURL: map[string]render.Picture{}}
	if p.options.Images == render.ImagesNone {
		return set
	}
	urls := pictureURLs(art.Blocks, nil, map[string]bool{})
	got := make([]render.Picture, len(urls))
	slots := make(chan struct{}, decoders)
	p.resource.Pictures(ctx, urls, func(i int, body []byte, err error) {
		if err == nil {
			slots <- struct{}{}
			defer func() { <-slots }()
			got[i].Picture, err = p.decode(ctx, body)
		}
		got[i].Err = err
	})
	for i, url := range urls {
		set.byURL[url] = got[i]
	}
	set.logo, set.warnings = p.logo(ctx, art)
	return set
}

// pictureURLs lists the addresses of pictures, each once, in the article's order.
func pictureURLs(blocks []article.Block, urls []string, seen map[string]bool) []string {
	for i := range blocks {
		if img := blocks[i].Image; img != nil && img.URL != "" && !seen[img.URL] {
			seen[img.URL] = true
			urls = append(urls, img.URL)
		}
		for _, item := range blocks[i].Items {
			urls = pictureURLs(item, urls, seen)
		}
	}
	return urls
}

// logo fetches the logo that the reader named, else the publisher's, else the
// one that the page names. Without one the site's name is set as a wordmark.
func (p *Page) logo(ctx context.Context, art *article.Article) (*typeset.Picture, []article.Warning) {
	var body []byte
	var err error
	source := p.options.Logo
	if source == "" && p.options.Site.owns(art) {
		source = p.options.Site.Logo
	}
	switch {
	case source != "":
		body, err = p.client.OpenPicture(ctx, source)
	case art.Site.Logo != "":
		source = art.Site.Logo
		body, err = p.resource.Picture(ctx, source)
	default:
		return nil, nil
	}
	var logo *typeset.Picture
	if err == nil {
		logo, err = p.decode(ctx, body)
	}
	if err != nil {
		return nil, []article.Warning{{Code: "logo-failed", Message: "the site's name stands in for its logo: " + err.Error(), Where: "site.logo"}}
	}
	return logo, nil
}

// decode checks a picture, and takes its colours away if the reader wants that.
func (p *Page) decode(ctx context.Context, body []byte) (*typeset.Picture, error) {
	turn := p.options.turn(ctx)
	pic, err := p.options.Remember.decode(body, picture.Limits{Turn: turn})
	if err != nil || p.options.Images != render.ImagesGray {
		return pic, err
	}
	done, err := turn(pic.W * pic.H)
	if err != nil {
		return nil, err
	}
	defer done()
	return picture.Gray(pic)
}

// SmallPictures remembers what became of the small picture files that were read
// last, by their content: some dozens, of a few hundred kilobytes each. A program
// that makes many documents of a paper lets their Options share one, and saves a
// fifth of the time of each, which its logo takes. The documents are the same
// without. The zero value is ready for use, by many goroutines at once.
type SmallPictures struct{ memo picture.Memo }

func (s *SmallPictures) decode(body []byte, limits picture.Limits) (*typeset.Picture, error) {
	if s == nil {
		return picture.Decode(body, limits)
	}
	return s.memo.Decode(body, limits)
}
