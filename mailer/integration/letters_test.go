//go:build integration

package integration

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"testing"
	"time"

	"offprint/mailer"
)

// story is a short article of ours in one language.
type story struct {
	lang, publisher, section, title, subtitle, byline, date, sender, note, heading, paragraph, caption, file string
}

var stories = []story{
	{"zh-Hans", "江城日报", "文化", "老书店搬家：三万册旧书走过一条街", "店主说，书跟人一样，要常常见光", "记者 林一帆", "2026年11月23日", "陈大文", "这家店我们小时候常去。", "一箱一箱地搬", "星期六清早，长江路上的老书店开始搬家。没有卡车，街坊们排成一列，把书一捧一捧地传到两百米外的新店。店主周伯站在门口数数，数到第三万册的时候，天已经黑了。", "街坊们在长江路上传书（图片来源：本报）", "老书店搬家.pdf"},
	{"zh-Hant", "經濟通", "社會", "灣仔街市的老攤主：只為一條新鮮的魚", "魚新鮮，人就來", "記者 王小明", "2026年11月23日", "李小華", "你一定要看看這篇！", "清早的碼頭", "灣仔街市的老攤主說，三十年來她每天四時起床，先到碼頭挑魚，再趕在六時前把攤子擺好。「魚新鮮，人就來。」她笑着說，手上的刀卻沒有停過。", "清晨五時的魚市場（圖片來源：本報）", "灣仔街市的老攤主.pdf"},
	{"en", "The Harbour Gazette", "City", "The last ferry of the evening has a pianist", "Nobody asked him to play, and nobody asks him to stop", "By Anna Whitlow", "23 November 2026", "Tom Reed", "You must read this one on the way home.", "A piano below deck", "The last ferry leaves at ten to twelve, and for six years the same man has played on it. The piano came with the ship. It has two dead keys, which he avoids, and a third that sticks in the damp, which he says gives him time to think.", "The saloon at a quarter to twelve (picture: our own)", "The last ferry.pdf"},
	{"ja", "港町新聞", "地域", "灯台守の家、図書館になる", "波の音を聞きながら本を読む", "記者　山田花子", "2026年11月23日", "佐藤健", "週末に一緒に行きませんか。", "最後の灯台守", "岬の突端に立つ小さな家が、この秋、図書館として生まれ変わった。かつて灯台守の一家が暮らした家である。棚に並ぶのは海の本ばかり三千冊。窓を開ければ、波の音が本の間を通り抜けていく。", "岬の図書館（写真：本紙）", "灯台守の家.pdf"},
	{"ko", "항구신문", "문화", "골목 끝 국숫집, 오십 년 만에 쉬는 날", "하루를 쉬는 데 오십 년이 걸렸다", "김하늘 기자", "2026년 11월 23일", "박지민", "우리가 자주 가던 그 집 이야기야.", "문을 닫은 아침", "골목 끝 국숫집이 오십 년 만에 처음으로 하루를 쉬었다. 문 앞에 붙은 종이에는 손자의 졸업식에 다녀온다는 말만 적혀 있었다. 단골손님들은 종이 아래에 축하 인사를 하나씩 적어 두고 돌아갔다.", "인사말이 가득 적힌 종이 (사진: 본지)", "골목 끝 국숫집.pdf"},
}

// letter makes the whole letter of a story, or its opening.
func (s story) letter(t testing.TB, whole bool) *mailer.Letter {
	t.Helper()
	from, to := address(t, "news@offprint.test"), address(t, "reader@example.test")
	blocks := []mailer.Block{{Kind: mailer.Paragraph, Text: s.paragraph}, {Kind: mailer.Heading, Text: s.heading}, {Kind: mailer.Paragraph, Text: s.paragraph}, {Kind: mailer.Caption, Text: s.caption}}
	for whole && len(blocks)*len([]rune(s.paragraph)) < 4500 {
		blocks = append(blocks, mailer.Block{Kind: mailer.Paragraph, Text: s.paragraph})
	}
	return &mailer.Letter{
		From: mailer.Mailbox{Name: s.publisher, Address: from}, To: mailer.Mailbox{Name: s.sender, Address: to}, Lang: s.lang,
		Publisher: s.publisher, Section: s.section, Title: s.title, Subtitle: s.subtitle, Byline: s.byline, Date: s.date,
		SourceURL: "https://news.offprint.test/articles/42", Blocks: blocks, Whole: whole, SenderName: s.sender, Note: s.note,
		Logo: picture(t, 160, 40), Thumbnail: picture(t, 210, 297), PDF: pdf(300_000), PDFName: s.file, Pages: 3,
		UnsubscribeURL: "https://news.offprint.test/v1/unsubscribe/abcdef0123456789", UnsubscribeMail: address(t, "stop@offprint.test"),
		FeedbackID: "share:42:offprint", MessageID: mailer.NewMessageID(from, s.lang, s.title, to.String()),
		Sent: time.Now().Truncate(time.Second),
	}
}

func address(t testing.TB, s string) mailer.Address {
	t.Helper()
	a, err := mailer.ParseAddress(s)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func design(t testing.TB) *mailer.Design {
	t.Helper()
	d, err := mailer.LoadDesign(os.DirFS("../../templates/mail"))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func compose(t testing.TB, l *mailer.Letter) *mailer.Message {
	t.Helper()
	m, err := design(t).Compose(l)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// picture is a PNG of lines, as a page of text looks from afar.
func picture(t testing.TB, width, height int) *mailer.Picture {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			shade := color.Gray{Y: 255}
			if y%8 < 3 && x > width/8 && x < width-width/8 {
				shade.Y = uint8(60 + x*7%90)
			}
			img.SetGray(x, y, shade)
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return &mailer.Picture{Bytes: b.Bytes(), Width: width, Height: height}
}

// pdf is n bytes that do not compress behind the head of a PDF.
func pdf(n int) []byte {
	out := append(make([]byte, 0, n), "%PDF-1.7\r\n.\r\n..\r\n"...)
	for state := uint32(7); len(out) < n; {
		state = state*1664525 + 1013904223
		out = append(out, byte(state>>24))
	}
	return out
}

// plain is a configuration for a server on loopback without TLS.
func plain(port int) *mailer.Config {
	c := &mailer.Config{From: "offprint <news@offprint.test>"}
	c.Host, c.Port, c.TLS = "127.0.0.1", port, mailer.NoTLS
	return c
}

func sender(t testing.TB, c *mailer.Config) *mailer.Sender {
	t.Helper()
	s, err := mailer.NewSender(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}
