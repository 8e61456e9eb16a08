package extract

import (
	"testing"
	"time"
)

// A time in another zone is that moment; a zone that cannot be told leaves the
// day alone, with its word. The page's own zone is Hong Kong's.
func TestZonesOfDates(t *testing.T) {
	cases := []struct {
		words, want string // RFC 3339
		unread      string
	}{
		{"July 21, 2025 10:45 AM EST", "2025-07-21T10:45:00-05:00", ""},
		{"July 21, 2025 10:45 AM EDT", "2025-07-21T10:45:00-04:00", ""},
		{"July 21, 2025 10:45 CDT", "2025-07-21T10:45:00-05:00", ""},
		{"July 21, 2025 10:45 MST", "2025-07-21T10:45:00-07:00", ""},
		{"July 21, 2025 10:45 MDT", "2025-07-21T10:45:00-06:00", ""},
		{"July 21, 2025 10:45 PST", "2025-07-21T10:45:00-08:00", ""},
		{"July 21, 2025 10:45 PDT", "2025-07-21T10:45:00-07:00", ""},
		{"21 July 2025 10:45 BST", "2025-07-21T10:45:00+01:00", ""},
		{"21 Jan 2025 10:45 CET", "2025-01-21T10:45:00+01:00", ""},
		{"21 July 2025 10:45 CEST", "2025-07-21T10:45:00+02:00", ""},
		{"July 21, 2025 10:45 am (ET)", "2025-07-21T10:45:00-04:00", ""},
		{"Jan. 21, 2025 10:45 a.m. ET", "2025-01-21T10:45:00-05:00", ""},
		{"10:45 AM ET, Mon July 21, 2025", "2025-07-21T10:45:00-04:00", ""},
		{"Published 10:45 PM EDT, Mon July 21, 2025", "2025-07-21T22:45:00-04:00", ""},
		{"July 21, 2025 at 7:45 a.m. PT", "2025-07-21T07:45:00-07:00", ""},
		{"2025-03-09 01:59 ET", "2025-03-09T01:59:00-05:00", ""}, // summer time began at two
		{"2025-03-09 03:00 ET", "2025-03-09T03:00:00-04:00", ""},
		{"2025-11-02 03:00 ET", "2025-11-02T03:00:00-05:00", ""},
		{"2006-03-20 10:00 ET", "2006-03-20T10:00:00-05:00", ""}, // before 2007 it began in April
		{"2025-03-30 00:59 伦敦时间", "2025-03-30T00:59:00Z", ""},
		{"2025-03-30 02:00 伦敦时间", "2025-03-30T02:00:00+01:00", ""},
		{"美东时间 2025-07-21 10:45", "2025-07-21T10:45:00-04:00", ""},
		{"2025年7月21日10:45（美東時間）", "2025-07-21T10:45:00-04:00", ""},
		{"美东时间2025年1月21日 上午10:45", "2025-01-21T10:45:00-05:00", ""},
		{"2025年7月21日 紐約時間10:45", "2025-07-21T10:45:00-04:00", ""},
		{"2025年7月21日 10:45 倫敦時間", "2025-07-21T10:45:00+01:00", ""},
		{"2025年7月21日 10:45 東京時間", "2025-07-21T10:45:00+09:00", ""},
		{"2025年7月21日 10:45 日本時間", "2025-07-21T10:45:00+09:00", ""},
		{"2025年7月21日 10:45 北京時間", "2025-07-21T10:45:00+08:00", ""},
		{"北京时间2025年7月21日10:45", "2025-07-21T10:45:00+08:00", ""},
		{"美国东部夏令时间 2025-07-21 10:45", "2025-07-21T10:45:00-04:00", ""},
		{"美国东部标准时间 2025-07-21 10:45", "2025-07-21T10:45:00-05:00", ""},
		{"纽约当地时间2025-07-21 10:45", "2025-07-21T10:45:00-04:00", ""},
		{"格林威治時間 2025-07-21 10:45", "2025-07-21T10:45:00Z", ""},
		{"2025-07-21 10:45 悉尼时间", "2025-07-21T10:45:00+10:00", ""},
		{"2025-01-21 10:45 雪梨時間", "2025-01-21T10:45:00+11:00", ""},
		{"2025년 7월 21일 10:45 (한국시간)", "2025-07-21T10:45:00+09:00", ""},
		{"2025-07-21 10:45 CST", "2025-07-21T10:45:00+08:00", ""},
		{"Mon, 21 Jul 2025 10:45:19 +0000 (UTC)", "2025-07-21T10:45:19Z", ""},

		{"2025-07-21 10:45 当地时间", "2025-07-21T00:00:00+08:00", "当地时间"},
		{"當地時間2025年7月21日 10:45", "2025-07-21T00:00:00+08:00", "當地時間"},
		{"2025年7月21日 10:45（美国时间）", "2025-07-21T00:00:00+08:00", "美国时间"},
		{"2025-07-21 10:45 (현지시간)", "2025-07-21T00:00:00+08:00", "현지시간"},
		{"July 21, 2025 10:45 IST", "2025-07-21T00:00:00+08:00", "IST"},
		{"July 21, 2025 10:45 (AST)", "2025-07-21T00:00:00+08:00", "AST"},
		{"July 21, 2025 10:45 AM local time", "2025-07-21T00:00:00+08:00", "local time"},

		// Words that are no zone.
		{"发表时间 2025-07-21 10:45", "2025-07-21T10:45:00+08:00", ""},
		{"2025-07-21 10:45 更新时间 2025-07-22", "2025-07-21T10:45:00+08:00", ""},
		{"2025-07-21 10:45 ET Net", "2025-07-21T10:45:00+08:00", ""},
		{"2025-07-21 10:45 REUTERS", "2025-07-21T10:45:00+08:00", ""},
		{"2025-07-21 10:45 POST", "2025-07-21T10:45:00+08:00", ""},
	}
	for _, c := range cases {
		t.Run(c.words, func(t *testing.T) {
			m, bad := testReader.parse(c.words, nil, east8)
			if got := m.time.Format(time.RFC3339); bad != "" || got != c.want || m.zoneUnread != c.unread {
				t.Errorf("%s %s, unread %q; want %s, unread %q", got, bad, m.zoneUnread, c.want, c.unread)
			}
			if c.unread != "" && (m.precision != "day" || m.zoneStated) {
				t.Errorf("precision %s, stated %v: only the day is certain", m.precision, m.zoneStated)
			}
		})
	}
}

// On a page that is not China's, CST may be America's.
func TestCSTElsewhere(t *testing.T) {
	m, _ := testReader.parse("July 21, 2025 10:45 PM CST", nil, time.UTC)
	if got := m.time.Format(time.RFC3339); got != "2025-07-21T00:00:00Z" || m.zoneUnread != "CST" || m.precision != "day" {
		t.Errorf("%s %s, unread %q", got, m.precision, m.zoneUnread)
	}
}

// The days on which summer time begins and ends, from the zones' own rules.
func TestSunday(t *testing.T) {
	cases := []struct {
		year  int
		month time.Month
		nth   int
		day   int
	}{
		{2024, time.March, 2, 10},
		{2025, time.March, 2, 9},
		{2026, time.March, 2, 8},
		{2024, time.November, 1, 3},
		{2025, time.November, 1, 2},
		{2026, time.November, 1, 1},
		{2024, time.March, -1, 31},
		{2025, time.March, -1, 30},
		{2025, time.October, -1, 26},
	}
	for _, c := range cases {
		if got := sunday(c.year, c.month, c.nth); got != c.day {
			t.Errorf("%d-%d, %d: %d, want %d", c.year, c.month, c.nth, got, c.day)
		}
	}
}

// The reader is told when only the day of a date was taken.
func TestUnreadZoneWarns(t *testing.T) {
	body := `<html><head><title>码头的新邻居</title></head><body><h1>码头的新邻居</h1><p>发表时间：2025-07-21 10:45 当地时间</p>` +
		`<p>码头的居民起初担心噪音，去年冬天在门口量了三个晚上，最高四十一分贝，比潮水拍岸还小一点。</p></body></html>`
	a, err := Article(Page{URL: "https://a.example.hk/1", Body: []byte(body)}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if p := a.Published; p == nil || p.Time != "2025-07-21T00:00:00+08:00" || p.Precision != "day" {
		t.Errorf("published %v", a.Published)
	}
	if len(a.Warnings) != 1 || a.Warnings[0].Code != "zone-unread" {
		t.Errorf("warnings %+v", a.Warnings)
	}
}
