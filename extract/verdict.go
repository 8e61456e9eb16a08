package extract

import (
	"fmt"
	"regexp"

	"offprint/article"
	"offprint/extract/internal/block"
	"offprint/extract/internal/dom"
)

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
	paywallWords = regexp.MustCompile(`(?i)(?:订阅|訂閱|購買|购买|付费|付費|成为会员|成為會員|加入会员|加入會員|开通会员|開通會員|升级会员|` +
		`升級會員).{0,16}(?:阅读全文|閱讀全文|后阅读|後閱讀|继续阅读|繼續閱讀|查看全文|全文|解锁|解鎖|完整)|` +
		`(?:剩余|剩餘|余下|餘下|还有|還有).{0,6}\d+\s*[%％字].{0,10}|(?:会员|會員|订户|訂戶|VIP)(?:专享|專享|專屬|专属|限定|独享|獨享)|付费(?:阅读|内容|文章)|` +
		`付費(?:閱讀|內容|文章)|登[录入錄].{0,6}(?:后|後).{0,4}(?:阅读|閱讀|查看|继续|繼續)|` +
		`(?:この記事は)?有料会員限定|会員限定|残り\d+文字|유료\s?(?:회원|기사)|구독.{0,6}계속|subscribe (?:now )?to (?:continue|read)|` +
		`subscribers only|to continue reading|already a subscriber|members? only|premium (?:content|article)`)
	needsScript = regexp.MustCompile(`(?i)enable javascript|requires javascript|启用\s?javascript|啟用\s?javascript|` +
		`开启\s?javascript|開啟\s?javascript|javascriptを有効`)
)

// minHeadline is the length, in characters, at which a link may be a headline.
const minHeadline = 8

var (
	passwordField  = dom.MustCompile(`input[type="password" i]:not(a *)`)
	noscriptNotice = dom.MustCompile("noscript:not(a *)")
)

// wallWindow is how far, in bytes of text, the words of a paywall are looked for.
const wallWindow = 1 << 20

func readSigns(d *block.Document) signs {
	var s signs
	s.login = loginTitle.MatchString(d.TitleTag)
	s.password = dom.FindFirst(d.Body, passwordField) != nil
	for _, n := range dom.Find(d.Body, outerLink) {
		if size := dom.LetterCount(dom.Text(n)); size >= minHeadline && d.Address.Target(dom.Attr(n, "href")) != "" {
			s.links++
			s.linkSize += size
		}
	}
	for _, n := range dom.Find(d.Body, noscriptNotice) {
		text, _ := dom.ShortText(n, maxNotice)
		s.noscript = s.noscript || needsScript.MatchString(text)
	}
	s.text = dom.Text(d.Body)
	s.textSize = dom.LetterCount(s.text)
	s.noscript = s.noscript || s.textSize < scriptPage && needsScript.MatchString(s.text)
	return s
}

// Sizes of a body, in characters without spaces.
const (
	minCalled  = 12          // less is no article, though the page calls itself one
	minBody    = 40          // less is no article, unless it calls itself one
	loginBody  = 160         // less is what stands beside a form of login
	teaserBody = 200         // less is a teaser when the page asks to subscribe
	fullBody   = 400         // more is one, whatever the page says about members
	scriptPage = 2 * minBody // a page that needs scripts has no more text in all
	maxNotice  = 4 * minBody // and says so in no more
)

// What a page that lists articles looks like.
const (
	minLinks      = 15 // links of minHeadline characters or more
	headlineShare = 25 // percent of its blocks are headlines
	bodyLinkShare = 40 // percent of its text are links
	pageLinkShare = 50 // percent of the page's text are headlines that link elsewhere
)

// bodySigns are what the result holds.
type bodySigns struct {
	size, inLinks int // characters, and those of links
	long          int // long paragraphs
	blocks        int
	headlines     int // blocks that are one link each
	figures       int
	called        bool   // a witness calls the page an article
	locked        bool   // a witness calls it not free to read
	phrase        string // the words of a paywall, when there is little text
}

func (s signs) ofBody(blocks []article.Block, witnesses []claims) bodySigns {
	b := bodySigns{blocks: len(blocks), headlines: headlines(blocks), figures: figures(blocks)}
	b.size, b.inLinks, b.long = countText(blocks)
	for _, c := range witnesses {
		b.called = b.called || c.isArticle
		b.locked = b.locked || c.locked
	}
	if b.size < fullBody {
		b.phrase = paywallWords.FindString(s.text[:dom.WholeRunes(s.text, wallWindow)])
	}
	return b
}

// verdict judges the result: nil when it is an article.
func (s signs) verdict(a *article.Article, witnesses []claims, url string) error {
	no := func(reason Reason, format string, args ...any) error {
		return &NotArticleError{Reason: reason, URL: url, Detail: fmt.Sprintf(format, args...)}
	}
	b := s.ofBody(a.Blocks, witnesses)
	switch {
	case s.asksToLogIn(b):
		return no(ReasonLogin, "it asks for a password and has %d characters of text", b.size)
	case s.login && b.size < loginBody && !b.called:
		return no(ReasonLogin, "its title is that of a login page")
	case b.locked && b.size < fullBody:
		return no(ReasonPaywall, "it says that it is not free to read, and has %d characters of text", b.size)
	case b.phrase != "" && (b.called || b.size < teaserBody):
		return no(ReasonPaywall, "it says %q and has %d characters of text", b.phrase, b.size)
	case s.isListing(b):
		return no(ReasonListing, "it has %d links and no long paragraph", s.links)
	case b.size == 0 && b.figures > 0 && b.called:
		return nil // a page of pictures
	case b.size >= minBody, b.called && b.size >= minCalled:
		return nil
	case s.noscript:
		return no(ReasonEmpty, "its text is written by a script")
	case s.links >= minLinks:
		return no(ReasonListing, "it has %d links and no text", s.links)
	}
	return no(ReasonEmpty, "it has %d characters of text", b.size)
}

// asksToLogIn reports whether a page is a form for a password: many articles have
// one in their head, so that the text must be short too.
func (s signs) asksToLogIn(b bodySigns) bool {
	return s.password && b.size < fullBody && (s.login || b.size < loginBody)
}

// isListing reports whether a page lists articles: it has many links that may be
// headlines, and no paragraph of an article's length.
func (s signs) isListing(b bodySigns) bool {
	if s.links < minLinks || b.long > 0 || b.called {
		return false
	}
	if b.headlines*100 > b.blocks*headlineShare {
		return true
	}
	littleText := b.size-b.inLinks < fullBody
	bodyOfLinks := b.inLinks*100 > b.size*bodyLinkShare
	pageOfLinks := s.linkSize*100 > s.textSize*pageLinkShare
	return littleText && (b.size < minBody || bodyOfLinks || pageOfLinks)
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
		if size := dom.LetterCount(block.Text(b)); size >= minHeadline && block.LinkedLength(b) == size {
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
		n, l := dom.LetterCount(block.Text(b)), block.LinkedLength(b)
		size += n
		inLinks += l
		if n >= longParagraph && l*2 < n && b.Kind == article.Paragraph {
			long++
		}
	}
	return size, inLinks, long
}
