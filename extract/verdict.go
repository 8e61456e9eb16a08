package extract

import (
	"bytes"
	"fmt"
	"mime"
	"net/http"
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"offprint/article"
)

// checkBytes refuses what is no HTML before any work is done.
func checkBytes(page Page) error {
	if len(page.Body) > maxBytes {
		return &LimitError{What: "bytes", Got: len(page.Body), Limit: maxBytes}
	}
	body := bytes.TrimLeft(bytes.TrimPrefix(page.Body, []byte("\xef\xbb\xbf")), " \t\r\n\f\x00")
	if len(body) == 0 {
		return &NotArticleError{Reason: ReasonEmpty, URL: page.URL, Detail: "the file is empty"}
	}
	if what := otherKind(body, page.ContentType); what != "" {
		return &NotArticleError{Reason: ReasonNotHTML, URL: page.URL, Detail: "it is " + what}
	}
	return nil
}

// otherKind names what the bytes are when they aren't HTML; "" when they may
// be. The bytes are believed before the header, which is often wrong.
func otherKind(body []byte, contentType string) string {
	if bytes.HasPrefix(body, []byte("\xff\xfe")) || bytes.HasPrefix(body, []byte("\xfe\xff")) {
		return "" // UTF-16
	}
	sniffed, _, _ := strings.Cut(http.DetectContentType(body), ";")
	switch sniffed {
	case "text/html":
		return ""
	case "text/xml": // XHTML, or a feed
		if bytes.Contains(bytes.ToLower(body[:min(len(body), metaWindow)]), []byte("<html")) {
			return ""
		}
		return "an XML file"
	case "text/plain", "application/octet-stream":
	default:
		return fileOf(sniffed)
	}
	if body[0] == '{' || body[0] == '[' {
		return "JSON or a script"
	}
	if tag.Match(body) {
		return ""
	}
	if named, _, err := mime.ParseMediaType(contentType); err == nil && !strings.Contains(named, "html") {
		return fileOf(named)
	}
	return "plain text without HTML tags"
}

func fileOf(contentType string) string {
	if strings.ContainsRune("aeiou", rune(contentType[0])) {
		return "an " + contentType + " file"
	}
	return "a " + contentType + " file"
}

var tag = regexp.MustCompile(`(?i)<(?:!doctype|html|head|body|title|meta|div|p|h[1-6]|article|section|main|table|span|a|br|font|center|frameset|img|ul|ol)\b[^>]*>`)

// signs are what speaks against a page being an article.
type signs struct {
	password bool // it asks for a password
	text     string
	login    bool // its <title> is that of a login page
	textSize int
	links    int // headlines that link elsewhere
	linkSize int
	noscript bool // it says that it needs scripts
}

var (
	loginTitle   = regexp.MustCompile(`(?i)登录|登入|登錄|请先登|請先登|会员登|會員登|ログイン|로그인|\b(?:log ?in|sign ?in)\b`)
	paywallWords = regexp.MustCompile(`(?i)(?:订阅|訂閱|購買|购买|付费|付費|成为会员|成為會員|加入会员|加入會員|开通会员|開通會員|升级会员|升級會員).{0,16}(?:阅读全文|閱讀全文|后阅读|後閱讀|继续阅读|繼續閱讀|查看全文|全文|解锁|解鎖|完整)|` +
		`(?:剩余|剩餘|余下|餘下|还有|還有).{0,6}\d+\s*[%％字].{0,10}|(?:会员|會員|订户|訂戶|VIP)(?:专享|專享|專屬|专属|限定|独享|獨享)|付费(?:阅读|内容|文章)|付費(?:閱讀|內容|文章)|登[录入錄].{0,6}(?:后|後).{0,4}(?:阅读|閱讀|查看|继续|繼續)|` +
		`(?:この記事は)?有料会員限定|会員限定|残り\d+文字|유료\s?(?:회원|기사)|구독.{0,6}계속|subscribe (?:now )?to (?:continue|read)|subscribers only|to continue reading|already a subscriber|members? only|premium (?:content|article)`)
	needsScript = regexp.MustCompile(`(?i)enable javascript|requires javascript|启用\s?javascript|啟用\s?javascript|开启\s?javascript|開啟\s?javascript|javascriptを有効`)
)

// minHeadline is the length, in characters, at which a link may be a headline.
const minHeadline = 8

// wallWindow is how far, in bytes of text, the words of a paywall are looked for.
const wallWindow = 1 << 20

func readSigns(d *document) signs {
	var s signs
	s.login = loginTitle.MatchString(d.titleTag)
	each(d.body, func(n *html.Node) bool {
		switch n.Data {
		case "input":
			s.password = s.password || strings.EqualFold(attr(n, "type"), "password")
		case "a":
			if size := letterCount(textOf(n)); size >= minHeadline && d.at.target(attr(n, "href")) != "" {
				s.links++
				s.linkSize += size
			}
			return false
		case "noscript":
			text, _ := shortText(n, minBody*4)
			s.noscript = s.noscript || needsScript.MatchString(text)
		}
		return true
	})
	s.text = textOf(d.body)
	s.textSize = letterCount(s.text)
	s.noscript = s.noscript || s.textSize < minBody*2 && needsScript.MatchString(s.text)
	return s
}

// Sizes of a body, in characters without spaces.
const (
	minBody  = 40  // less is no article
	fullBody = 400 // more is one, whatever the page says about members
)

// verdict judges the result: nil when it is an article.
func (s signs) verdict(a *article.Article, witnesses []claims, url string) error {
	no := func(reason Reason, format string, args ...any) error {
		return &NotArticleError{Reason: reason, URL: url, Detail: fmt.Sprintf(format, args...)}
	}
	size, inLinks, long := countText(a.Blocks)
	called, locked := false, false
	for _, c := range witnesses {
		called = called || c.isArticle
		locked = locked || c.locked
	}
	phrase := ""
	if size < fullBody {
		phrase = paywallWords.FindString(s.text[:wholeRunes(s.text, wallWindow)])
	}
	switch {
	case s.password && size < fullBody && (s.login || size < minBody*4):
		return no(ReasonLogin, "it asks for a password and has %d characters of text", size)
	case s.login && size < minBody*4 && !called:
		return no(ReasonLogin, "its title is that of a login page")
	case locked && size < fullBody:
		return no(ReasonPaywall, "it says that it is not free to read, and has %d characters of text", size)
	case phrase != "" && (called || size < fullBody/2):
		return no(ReasonPaywall, "it says %q and has %d characters of text", phrase, size)
	case s.links >= 15 && long == 0 && !called && headlines(a.Blocks)*4 > len(a.Blocks),
		s.links >= 15 && long == 0 && !called && size-inLinks < fullBody && (size < minBody || inLinks*5 > size*2 || s.linkSize*2 > s.textSize):
		return no(ReasonListing, "it has %d links and no long paragraph", s.links)
	case size == 0 && figures(a.Blocks) > 0 && called:
		return nil // a page of pictures
	case size < minBody && (size < 12 || !called):
		if s.noscript {
			return no(ReasonEmpty, "its text is written by a script")
		}
		if s.links >= 15 {
			return no(ReasonListing, "it has %d links and no text", s.links)
		}
		return no(ReasonEmpty, "it has %d characters of text", size)
	}
	return nil
}

func figures(blocks []article.Block) int {
	n := 0
	for _, b := range blocks {
		if b.Kind == article.Figure {
			n++
		}
	}
	return n
}

// headlines counts the blocks that are one link each.
func headlines(blocks []article.Block) int {
	n := 0
	for _, b := range blocks {
		if size := letterCount(plain(b)); size >= minHeadline && linkedLength(b) == size {
			n++
		}
	}
	return n
}

// longParagraph is a length, in characters, that teasers don't reach.
const longParagraph = 120

// countText counts the text, the linked text and the long paragraphs.
func countText(blocks []article.Block) (size, inLinks, long int) {
	for _, b := range blocks {
		if b.Kind == article.Figure {
			continue
		}
		n, l := letterCount(plain(b)), linkedLength(b)
		size += n
		inLinks += l
		if n >= longParagraph && l*2 < n && b.Kind == article.Paragraph {
			long++
		}
	}
	return size, inLinks, long
}
