package block

import (
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"

	"offprint/extract/internal/dom"
	"offprint/internal/imageformat"
)

// Pictures that are no part of an article: counting pixels, spacers, what
// stands in for a picture until a script loads it, icons, share buttons.

// looks is how much a picture's address says about that.
type looks int

const (
	looksReal     looks = iota
	looksDoubtful       // real where a figure or a caption says so
	looksEmpty          // a placeholder or a counter, whatever stands round it
)

// A file is a placeholder when its whole name says so: blank.gif, img_blank,
// spacer-10x10. gray-whale and space-station hold another word.
var (
	emptyNames = []string{
		"blank", "spacer", "placeholder", "transparent", "lazyload", "shim", "loader", "nopic", "noimage", "nophoto",
		"defaultimage", "defaultpic", "beacon", "preload", "imgload",
	}
	// Words that are names of pictures as well.
	doubtfulNames = []string{
		"pixel", "loading", "lazy", "grey", "gray", "space", "clear", "dot", "empty", "trans", "none", "tracking",
		"counter", "line", "arrow", "icon", "bullet",
	}
	// Words that say nothing of a picture either way.
	fillerNames = []string{
		"img", "image", "images", "pic", "default", "bg", "background", "white", "black", "small", "big", "new",
		"the", "no", "px", "x", "gif", "logo",
	}
)

// counters are the first labels of hosts that serve counting pixels, and
// counterNames those of firms that count for others.
var (
	counters     = []string{"pixel", "pixels", "stats", "tracker", "tracking", "analytics", "beacon", "counter", "hm"}
	counterNames = []string{"scorecardresearch", "doubleclick", "google-analytics"}
)

// appearance judges a picture by its address alone.
func appearance(address string) looks {
	if strings.HasPrefix(address, "data:") {
		return looksReal
	}
	u, err := url.Parse(address)
	if err != nil || counts(u) {
		return looksEmpty
	}
	name := strings.ToLower(path.Base(u.Path))
	ext := path.Ext(name)
	seen := namedLike(strings.TrimSuffix(name, ext))
	if seen == looksEmpty || seen == looksDoubtful && !imageformat.Photographic(ext) {
		return seen
	}
	if ext == ".svg" {
		return looksDoubtful // charts and icons alike
	}
	return looksReal
}

// counts reports whether an address is that of a service that counts readers.
func counts(u *url.URL) bool {
	labels := strings.Split(strings.ToLower(u.Hostname()), ".")
	k := len(labels) - 2
	return k > 0 && slices.Contains(counters, labels[0]) || k >= 0 && slices.Contains(counterNames, labels[k])
}

func namedLike(name string) looks {
	words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if slices.Contains(emptyNames, strings.Join(words, "")) {
		return looksEmpty
	}
	seen := looksReal
	for _, w := range words {
		switch {
		case slices.Contains(emptyNames, w), w == "1x1":
			seen = looksEmpty
		case slices.Contains(doubtfulNames, w):
			seen = max(seen, looksDoubtful)
		case !slices.Contains(fillerNames, w) && strings.Trim(w, "0123456789x") != "":
			return looksReal
		}
	}
	return seen
}

// maxIcon is the largest side, in pixels, of a picture that is furniture.
const maxIcon = 40

// minDrawing is the smallest side, in pixels, of a drawing (SVG) that is no icon.
const minDrawing = 120

// measured judges a picture by the size that its element gives it.
func measured(img *html.Node) looks {
	w, h := shownSize(img)
	switch {
	case w == 1 || h == 1:
		return looksEmpty
	case w > 0 && h > 0 && w <= maxIcon && h <= maxIcon:
		return looksDoubtful
	}
	return looksReal
}

// calledIcon reports whether the class of a picture calls it an icon.
func calledIcon(img *html.Node) bool {
	return dom.Hinted(img, "icon", "emoji", "avatar", "logo", "spacer", "tracking")
}

// shownSize is what the attributes say, else the style; 0 is unknown.
func shownSize(img *html.Node) (w, h int) {
	w, h = pixels(dom.Attr(img, "width")), pixels(dom.Attr(img, "height"))
	if style := dom.Attr(img, "style"); style != "" && (w == 0 || h == 0) {
		css := dom.ParseStyle(style)
		w, h = max(w, pixels(css["width"])), max(h, pixels(css["height"]))
	}
	return w, h
}

// shares reports whether a picture is the button of a link that sends the page on.
func shares(n *html.Node) bool {
	a := dom.Closest(n, "a")
	if a == nil {
		return false
	}
	href := strings.ToLower(dom.Attr(a, "href"))
	for _, s := range sharers {
		if strings.Contains(href, s) {
			return true
		}
	}
	return false
}

// sharers are what the addresses of share links hold.
var sharers = []string{
	"mailto:", "facebook.com/sharer", "facebook.com/share", "facebook.com/dialog", "twitter.com/intent",
	"twitter.com/share", "x.com/intent",
	"service.weibo.com/share", "v.t.sina.com.cn/share", "api.whatsapp.com/send", "whatsapp://", "wa.me/?", "t.me/share",
	"line.me/r/",
	"social-plugins.line.me", "linkedin.com/share", "linkedin.com/sharearticle", "pinterest.com/pin/create",
	"reddit.com/submit",
	"connect.qq.com/widget", "sns.qzone.qq.com", "b.hatena.ne.jp/entry", "getpocket.com/edit", "javascript:print",
	"javascript:window.print", "plurk.com/?",
}
