package extract

import (
	"fmt"
	"strings"

	"offprint/extract/internal/dom"
)

const shapeSentence = "码头的居民起初担心噪音，去年冬天在门口量了三个晚上，最高四十一分贝，比潮水拍岸还小一点。"

// fill repeats a part until n bytes or the bound on nodes is nearly reached;
// nodes is how many nodes the part makes.
func fill(n, nodes int, part string) string {
	return strings.Repeat(part, max(1, min(n/len(part), (dom.MaxNodes-2_000)/nodes)))
}

// fillNumbered is fill for parts that differ from each other.
func fillNumbered(n, nodes int, format string) string {
	var b strings.Builder
	for i := 0; b.Len() < n && i < (dom.MaxNodes-2_000)/nodes; i++ {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// bodies are the <body> of pages made to be slow: each gives one of about n bytes.
var bodies = map[string]func(n int) string{
	"deep": func(n int) string {
		return strings.Repeat("<div>", 400) + fill(n, 2, "<p>"+shapeSentence+"</p>")
	},
	"deep, numbered": func(n int) string {
		return strings.Repeat("<div>", 400) + fillNumbered(n, 2, "<p>%d"+shapeSentence+"</p>")
	},
	"deep, classed": func(n int) string {
		return strings.Repeat(`<div class="author">`, 400) + fill(n, 2, "<p>"+shapeSentence+"</p>")
	},
	"deep, furniture": func(n int) string {
		return strings.Repeat(`<div class="share related">`, 400) + fill(n, 2, "<p>"+shapeSentence+"</p>")
	},
	"deep, short": func(n int) string {
		return strings.Repeat("<div>", 400) + fill(n, 2, "<p>码头</p>")
	},
	"deep combs": func(n int) string {
		return fill(n, 402, strings.Repeat("<div>", 400)+"<p>"+shapeSentence+"</p>"+strings.Repeat("</div>", 400))
	},
	"deep spans": func(n int) string {
		return fill(n, 402, strings.Repeat("<span>", 400)+shapeSentence+strings.Repeat("</span>", 400)+"<br><br>")
	},
	"deep quotes": func(n int) string {
		return strings.Repeat("<blockquote>", 400) + fill(n, 2, "<p>"+shapeSentence+"</p>")
	},
	"deep lists": func(n int) string {
		return strings.Repeat("<ul><li>", 200) + fill(n, 2, "<p>"+shapeSentence+"</p>")
	},
	"deep tables": func(n int) string {
		return strings.Repeat("<table><tr><td>a</td><td>", 120) + fill(n, 2, "<p>"+shapeSentence+"</p>")
	},
	"deep data tables": func(n int) string {
		return strings.Repeat("<table><tr><th>a</th><td>b</td></tr><tr><th>a</th><td>", 100) + fill(n, 2, "<p>"+shapeSentence+"</p>")
	},
	"deep figures": func(n int) string {
		return strings.Repeat("<figure>", 400) + fill(n, 5, "<p>"+shapeSentence+"</p><img src=a.jpg><figcaption>图</figcaption>")
	},
	"deep dl": func(n int) string {
		return strings.Repeat("<dl><dt><img src=a.jpg><dd>", 150) + fill(n, 2, "<p>"+shapeSentence+"</p>")
	},
	"deep noscript": func(n int) string {
		return strings.Repeat("<noscript><div>", 200) + fill(n, 2, "<p>"+shapeSentence+"<img src=a.jpg></p>")
	},
	"deep microdata": func(n int) string {
		return strings.Repeat(`<div itemprop="author articleSection headline">`, 400) + fill(n, 2, "<p>"+shapeSentence+"</p>")
	},
	"deep bodies": func(n int) string {
		return strings.Repeat(`<div itemprop="articleBody">`, 400) + fill(n, 2, "<p>"+shapeSentence+"</p>")
	},
	"deep contract": func(n int) string {
		return strings.Repeat(`<div data-offprint="body">`, 200) + strings.Repeat(`<div data-offprint="caption">`, 200) + fill(n, 2, "<p>"+shapeSentence+"</p>")
	},
	"siblings":        func(n int) string { return fill(n, 2, "<p>x</p>") },
	"siblings, spans": func(n int) string { return fill(n, 2, "<span>x</span>") },
	"siblings, empty": func(n int) string { return fill(n, 1, "<i></i>") },
	"siblings, boxes": func(n int) string { return fill(n, 4, "<div><p>"+shapeSentence+"</p>x</div>") },
	"paragraphs":      func(n int) string { return fill(n, 2, "<p>"+shapeSentence+"</p>") },
	"paragraphs, own": func(n int) string { return fillNumbered(n, 2, "<p>%d"+shapeSentence+"</p>") },
	"copies": func(n int) string {
		return fill(n, 7, "<div><p>"+shapeSentence+"</p><p>一"+shapeSentence+"</p><p>二"+shapeSentence+"</p></div>")
	},
	"copies, numbered": func(n int) string {
		half := fillNumbered(n/2, 4, "<p>%d"+shapeSentence+"</p>")
		return "<div>" + half + "</div><div>" + half + "</div>"
	},
	"one paragraph": func(n int) string {
		return "<p>" + strings.Repeat(shapeSentence, n/len(shapeSentence)) + "</p>"
	},
	"one word":     func(n int) string { return "<p>" + strings.Repeat("x", n) + "</p>" },
	"digits":       func(n int) string { return "<h1>码头</h1><p>" + strings.Repeat("2025-", n/5) + "</p>" },
	"digit run":    func(n int) string { return "<h1>码头</h1><p>" + strings.Repeat("2", n) + "</p>" },
	"dates":        func(n int) string { return "<h1>码头</h1>" + fill(n, 2, "<p>2025-07-2</p>") },
	"dates, whole": func(n int) string { return "<h1>码头</h1>" + fill(n, 2, "<p>发表时间：2025-07-21 10:00</p>") },
	"dates, times": func(n int) string { return fill(n, 2, `<time datetime="2025-07-21">更新</time>`) },
	"bylines":      func(n int) string { return "<h1>码头</h1>" + fill(n, 2, "<p>记者 陈小明 报道</p>") },
	"bylines, own": func(n int) string { return "<h1>码头</h1>" + fillNumbered(n, 2, "<p>作者：陈小明%d</p>") },
	"bylines, one": func(n int) string {
		return "<h1>码头</h1><p>作者：" + strings.Repeat("陈小明、", n/12) + "</p>"
	},
	"authors, item":  func(n int) string { return fillNumbered(n, 2, `<span itemprop="author">陈小明%d</span>`) },
	"authors, meta":  func(n int) string { return fillNumbered(n, 1, `<meta name="author" content="陈小明%d">`) },
	"sections, item": func(n int) string { return fillNumbered(n, 2, `<span itemprop="articleSection">栏目%d</span>`) },
	"figures": func(n int) string {
		return fillNumbered(n, 6, `<figure><img src="%d.jpg"><figcaption>图</figcaption></figure>`)
	},
	"one figure": func(n int) string {
		return "<figure>" + fillNumbered(n, 3, `<img src="%d.jpg"><figcaption>图</figcaption>`) + "</figure>"
	},
	"figures, boxed":  func(n int) string { return fillNumbered(n, 6, `<div class="pic"><img src="%d.jpg"><p>图</p></div>`) },
	"pictures":        func(n int) string { return fill(n, 3, `<img src="a.jpg"><p>图</p>`) },
	"pictures, alone": func(n int) string { return fillNumbered(n, 1, `<img src="%d.jpg">`) },
	"pictures, icons": func(n int) string { return fillNumbered(n, 1, `<img src="%d/icon.png" width=1>`) },
	"links":           func(n int) string { return fillNumbered(n, 2, `<a href="/%d">码头的居民起初担心噪音</a>`) },
	"links, home":     func(n int) string { return "<div>" + fill(n, 3, `<a href="/">首页</a>x`) + "</div>" },
	"links, pages":    func(n int) string { return fillNumbered(n, 2, `<a href="x_%d">2</a>`) },
	"links, list": func(n int) string {
		return "<ul>" + fillNumbered(n, 3, `<li><a href="/%d">码头的居民</a></li>`) + "</ul>"
	},
	"unclosed p":     func(n int) string { return fill(n, 2, "<p>"+shapeSentence) },
	"unclosed div":   func(n int) string { return fill(n, 2, "<div>"+shapeSentence) },
	"unclosed b":     func(n int) string { return fill(n, 2, "<b>"+shapeSentence+"<p>") },
	"unclosed a":     func(n int) string { return fill(n, 2, "<a href=x><p>"+shapeSentence) },
	"unclosed table": func(n int) string { return fill(n, 3, "<table>"+shapeSentence+"<p>") },
	"stray ends":     func(n int) string { return fill(n, 2, "</p></div></b></table>") },
	"attribute": func(n int) string {
		return `<div class="` + strings.Repeat("share-Box ", n/10) + `"><p>` + shapeSentence + `</p></div>`
	},
	"attribute, style": func(n int) string {
		return strings.Repeat(`<div style="`+strings.Repeat("a:b;", n/800)+`">`, 200) + strings.Repeat("<p>"+shapeSentence+"</p>", 500)
	},
	"attribute, list": func(n int) string { return `<p>` + shapeSentence + `<img ` + numberedAttrs(n) + `></p>` },
	"attribute, src": func(n int) string {
		return `<p>` + shapeSentence + `<img src="` + strings.Repeat("a", n) + `.jpg"></p>`
	},
	"attribute, title": func(n int) string {
		return `<p>` + shapeSentence + `<img src="a.jpg" alt="` + strings.Repeat("a ", n/2) + `"></p>`
	},
	"attribute, set": func(n int) string { return `<img srcset="` + strings.Repeat("a.jpg 1w, ", n/10) + `">` },
	"attribute, shared": func(n int) string {
		return `<div class="` + strings.Repeat("post ", n/20) + `">` + fill(n/2, 2, "<p>"+shapeSentence+"</p>") + "</div>"
	},
	"breaks":         func(n int) string { return "<p>" + fill(n, 2, "码头<br>") + "</p>" },
	"breaks, double": func(n int) string { return "<p>" + fill(n, 3, shapeSentence+"<br><br>") + "</p>" },
	"breaks, bare":   func(n int) string { return "<p>" + shapeSentence + fill(n, 1, "<br>") + "</p>" },
	"breaks, blank":  func(n int) string { return "<p>" + shapeSentence + fill(n, 2, "<br>　") + "</p>" },
	"breaks, spaces": func(n int) string { return "<p>" + shapeSentence + fill(n, 2, "<b> </b> ") + "</p>" },
	"breaks, bold":   func(n int) string { return "<p>" + fill(n, 4, "<b>码头</b><br>居民<br>") + "</p>" },
	"breaks, lines":  func(n int) string { return "<p><b>码头</b><br>" + fill(n, 2, "居民<br>") + "</p>" },
	"links, blank": func(n int) string {
		return "<div>" + fill(n/2, 2, "<i></i>") + fill(n/2, 4, `<a href="/">首页</a>`) + "</div>"
	},
	"furniture, wide": func(n int) string {
		return fill(n/2, 4, "<h1>码头</h1>") + fill(n/2, 10, `<div class="share"><a href="/">x</a>x</div>`)
	},
	"breaks, first": func(n int) string {
		return "<div>" + fill(n/2, 2, "<img>") + fill(n/2, 6, "码头的居民<br><br>") + "</div>"
	},
	"breaks, fill": func(n int) string { return "<p>　<b>" + fill(n, 2, "　<i>　</i>") + "</b></p>" },
	"inlines":      func(n int) string { return "<p>" + fill(n, 3, "<b>码</b>头") + "</p>" },
	"rubies":       func(n int) string { return "<p>" + fill(n, 4, "<ruby>码<rt>ma</rt></ruby>") + "</p>" },
	"one ruby":     func(n int) string { return "<p><ruby>" + fill(n, 3, "码<rt>ma</rt>") + "</ruby></p>" },
	"entities":     func(n int) string { return "<p>" + strings.Repeat("&nbsp;&amp;&#26446;", n/18) + "</p>" },
	"nulls":        func(n int) string { return "<p>" + strings.Repeat("\x00x", n/2) + "</p>" },
	"brackets":     func(n int) string { return "<p>" + strings.Repeat("（图片来源：", n/18) + "</p>" },
	"captions": func(n int) string {
		return fill(n, 4, "<p><img src=a.jpg></p><p>（图片来源：（图片来源：（图片来源：</p>")
	},
	"labels": func(n int) string { return fill(n, 6, "<h1>码头</h1><p>作者介绍</p><p>"+shapeSentence+"</p>") },
	"labels, box": func(n int) string {
		return "<div>" + fill(n, 4, "<p>作者介绍</p><p>一二三四五六七八九</p>") + "</div>"
	},
	"labels, boxes": func(n int) string {
		return strings.Repeat("<div>", 300) + fill(n, 6, "<div><img src=a.jpg><p>作者介绍</p></div><p>一</p>")
	},
	"headings":       func(n int) string { return fill(n, 2, "<h1>码头的居民</h1>") },
	"headings, bold": func(n int) string { return fill(n, 3, "<p><b>码头的居民</b></p>") },
	"sections":       func(n int) string { return fill(n, 4, "<h2>相关文章</h2><p>码头</p>") },
	"comments":       func(n int) string { return fill(n, 1, "<!-- x -->") },
	"table":          func(n int) string { return "<table>" + fill(n, 5, "<tr><td>一</td><td>二</td></tr>") + "</table>" },
	"table, wide": func(n int) string {
		return "<table>" + strings.Repeat("<tr>"+fill(n/4, 8, "<td>一</td>")+"</tr>", 4) + "</table>"
	},
	"tables": func(n int) string {
		return fill(n, 10, "<table><tr><td>一</td><td>二</td></tr><tr><td>一</td><td>二</td></tr></table>")
	},
	"table, spans": func(n int) string {
		return "<table>" + fill(n, 5, "<tr><td rowspan=65000 colspan=1000>一</td><td>二</td></tr>") + "</table>"
	},
	"lists":      func(n int) string { return "<ol>" + fill(n, 2, "<li>一") + "</ol>" },
	"lists, own": func(n int) string { return fill(n, 4, "<ol><li value=9>一<li>二</ol>") },
	"dl":         func(n int) string { return "<dl>" + fill(n, 4, "<dt>一<dd>二") + "</dl>" },
	"quotes":     func(n int) string { return fill(n, 3, "<blockquote><p>"+shapeSentence+"</p></blockquote>") },
	"pre":        func(n int) string { return fill(n, 3, "<pre>"+shapeSentence+"<br></pre>") },
	"noscript":   func(n int) string { return fill(n, 2, "<noscript><img src=a.jpg></noscript>") },
	"drawings": func(n int) string {
		return fill(n, 2, "<figure><svg><path d='M0 0h9'/></svg><figcaption>图</figcaption></figure>")
	},
	"drawings, nested": func(n int) string {
		return strings.Repeat("<figure><svg></svg>", 200) + fill(n, 2, "<p>"+shapeSentence+"</p>")
	},
	"noscript, one": func(n int) string { return "<img src=b.jpg>" + fill(n, 1, "<noscript></noscript> ") },
	"embeds":        func(n int) string { return fillNumbered(n, 1, `<iframe src="https://a.example/%d"></iframe>`) },
	"scripts":       func(n int) string { return "<p>" + shapeSentence + "</p>" + fill(n, 2, "<script>x</script>") },
	"contract": func(n int) string {
		return fill(n, 5, `<div data-offprint="body"><p>`+shapeSentence+`</p></div><p data-offprint="caption">图</p>`)
	},
	"contract, credit": func(n int) string {
		return fill(n, 5, `<figure><img src=a.jpg><p data-offprint="credit">图</p></figure>`)
	},
	"contract, words": func(n int) string { return fillNumbered(n, 1, `<i data-offprint="x%d"></i>`) },
	"contract, share": func(n int) string {
		return fill(n, 5, `<div class="share"><p>x</p></div><i data-offprint="caption">x</i>`)
	},
	"bodies": func(n int) string { return fill(n, 3, `<div itemprop="articleBody"><p>`+shapeSentence+`</p></div>`) },
	"json-ld, deep": func(n int) string {
		return `<script type="application/ld+json">` + strings.Repeat("[", n) + `</script>`
	},
	"json-ld, graph": func(n int) string {
		return `<script type="application/ld+json">{"@graph":[` + strings.TrimSuffix(strings.Repeat(`{"@type":"NewsArticle","headline":"x"},`, n/39), ",") + `]}</script>`
	},
	"json-ld, many": func(n int) string {
		return fill(n, 2, `<script type="application/ld+json">{"@type":"NewsArticle","headline":"x"}</script>`)
	},
	"json-ld, broken": func(n int) string { return fillNumbered(n, 2, `<script type="application/ld+json">{"a%d"</script>`) },
	"json-ld, commas": func(n int) string {
		return `<script type="application/ld+json">[` + strings.Repeat(",          ", n/11) + `]</script>`
	},
	"json-ld, blank": func(n int) string {
		return `<script type="application/ld+json">[` + strings.Repeat(",", n/2) + strings.Repeat(" ", n/2) + `]</script>`
	},
	"json-ld, authors": func(n int) string {
		return `<script type="application/ld+json">{"@type":"NewsArticle","headline":"码头","author":[` + fillJSON(n, `{"name":"陈小明%d"}`) + `]}</script><p>` + shapeSentence + "</p>"
	},
	"json-ld, text": func(n int) string {
		return `<script type="application/ld+json">{"@type":"NewsArticle","headline":"` + strings.Repeat("码头 ", n/7) + `"}</script><p>` + shapeSentence + "</p>"
	},
	"trail": func(n int) string {
		return `<div class="breadcrumb">` + fillNumbered(n, 2, `<a href="/">栏%d</a>`) + "</div>"
	},
	"trail, text": func(n int) string { return "<p>" + strings.Repeat("首页 > ", n/9) + "</p>" },
	"emails":      func(n int) string { return "<p>" + strings.Repeat("a.b", n/3) + "</p>" },
	"tools":       func(n int) string { return fill(n, 2, "<p>分享到：微信 微博</p>") },
	"disclaimers": func(n int) string {
		return fill(n, 4, "<p>"+shapeSentence+"</p><p>免责声明：本文仅代表作者观点</p>")
	},
}

func numberedAttrs(n int) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		fmt.Fprintf(&b, "a%d=b ", i)
	}
	return b.String()
}

func fillJSON(n int, format string) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// heads are pages whose <head> is made to be slow.
var heads = map[string]func(n int) string{
	"title":        func(n int) string { return "<title>" + strings.Repeat("码头的居民", n/15) + "</title>" },
	"title, parts": func(n int) string { return "<title>" + strings.Repeat("码头 | ", n/9) + "</title>" },
	"title, marks": func(n int) string { return "<title>码头" + strings.Repeat(" - ", n/3) + "</title>" },
	"meta":         func(n int) string { return fillNumbered(n, 1, `<meta name="keywords" content="词%d">`) },
	"keywords":     func(n int) string { return `<meta name="keywords" content="` + strings.Repeat("词,", n/4) + `">` },
	"description":  func(n int) string { return `<meta name="author" content="` + strings.Repeat("陈小明 ", n/10) + `">` },
	"declarations": func(n int) string { return strings.Repeat("<meta charse", n/12) },
}

// shapes are the whole pages, by the name of what makes them slow.
var shapes = func() map[string]func(n int) Page {
	all := map[string]func(int) Page{}
	page := func(head, body string) Page {
		return Page{URL: "https://a.example/x", Body: []byte("<html><head><meta charset=utf-8>" + head + "</head><body>" + body)}
	}
	for name, body := range bodies {
		all[name] = func(n int) Page { return page("<title>码头 - 潮声网</title>", body(n)) }
	}
	for name, head := range heads {
		all["head, "+name] = func(n int) Page { return page(head(n), "<h1>码头</h1><p>"+shapeSentence+"</p>") }
	}
	return all
}()
