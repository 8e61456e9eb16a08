package dates

import (
	"testing"
	"time"
)

// testReader reads as extract does; these are some of its labels.
var testReader = NewReader(`更新时间|更新|最終更新|Last updated|Updated|수정`)

func TestParseDate(t *testing.T) {
	cases := []struct {
		words, want, precision string // want: RFC 3339, or the trouble
		stated                 bool
		raw                    string // "" is all of words
	}{
		{"发表时间: 2025-07-21 10:45:19", "2025-07-21T10:45:19+08:00", "second", false, "2025-07-21 10:45:19"},
		{"2025年7月21日", "2025-07-21T00:00:00+08:00", "day", false, ""},
		{"2025年07月21日 10:45", "2025-07-21T10:45:00+08:00", "minute", false, ""},
		{"2025年7月21日 HKT 10:45", "2025-07-21T10:45:00+08:00", "minute", true, ""},
		{"2025 年 7 月 21 日（星期一）上午10時45分", "2025-07-21T10:45:00+08:00", "minute", false, ""},
		{"2025年7月21日 下午3:05", "2025-07-21T15:05:00+08:00", "minute", false, ""},
		{"2025年7月21日 下午12:05", "2025-07-21T12:05:00+08:00", "minute", false, ""},
		{"2025年7月21日 上午12:05", "2025-07-21T00:05:00+08:00", "minute", false, ""},
		{"2025年7月21日 中午1:05", "2025-07-21T13:05:00+08:00", "minute", false, ""},
		{"2025年7月21日 凌晨3點", "2025-07-21T03:00:00+08:00", "minute", false, ""},
		{"2025年7月21日 晚上12:30", "2025-07-21T00:00:00+08:00", "day", false, "2025年7月21日"}, // which midnight?
		{"二〇二五年七月二十一日", "2025-07-21T00:00:00+08:00", "day", false, ""},
		{"二○二五年十月三十日", "2025-10-30T00:00:00+08:00", "day", false, ""},
		{"二零二五年十二月十日", "2025-12-10T00:00:00+08:00", "day", false, ""},
		{"二〇二五年七月廿一日", "2025-07-21T00:00:00+08:00", "day", false, ""},
		{"民國114年7月21日", "2025-07-21T00:00:00+08:00", "day", false, ""},
		{"民國一一四年七月二十一日", "2025-07-21T00:00:00+08:00", "day", false, ""},
		{"２０２５年７月２１日　１０：４５", "2025-07-21T10:45:00+08:00", "minute", false, "２０２５年７月２１日　１０：４５"},
		{"2025/07/21 10:45", "2025-07-21T10:45:00+08:00", "minute", false, ""},
		{"2025/7/1", "2025-07-01T00:00:00+08:00", "day", false, ""},
		{"2025.07.21 10:45", "2025-07-21T10:45:00+08:00", "minute", false, ""},
		{"21/07/2025 09:04", "2025-07-21T09:04:00+08:00", "minute", false, ""}, // 21 is no month
		{"07/21/2025", "2025-07-21T00:00:00+08:00", "day", false, ""},
		{"令和7年7月21日 10時45分", "2025-07-21T10:45:00+08:00", "minute", false, ""},
		{"令和元年5月1日", "2019-05-01T00:00:00+08:00", "day", false, ""},
		{"平成31年4月30日", "2019-04-30T00:00:00+08:00", "day", false, ""},
		{"2025년 7월 21일 오전 10:45", "2025-07-21T10:45:00+08:00", "minute", false, ""},
		{"입력 2025.07.21. 오후 3:05", "2025-07-21T15:05:00+08:00", "minute", false, "2025.07.21. 오후 3:05"},
		{"Jul 21, 2025", "2025-07-21T00:00:00+08:00", "day", false, ""},
		{"Monday, July 21, 2025 3:05 PM", "2025-07-21T15:05:00+08:00", "minute", false, "July 21, 2025 3:05 PM"},
		{"21 July 2025 15:05 GMT", "2025-07-21T15:05:00Z", "minute", true, ""},
		{"Mon, 21 Jul 2025 10:45:19 +0800", "2025-07-21T10:45:19+08:00", "second", true, "21 Jul 2025 10:45:19 +0800"},
		{"2025-07-21T10:45:19+08:00", "2025-07-21T10:45:19+08:00", "second", true, ""},
		{"2025-07-21T02:45:19Z", "2025-07-21T02:45:19Z", "second", true, ""},
		{"2025-07-21T02:45:19.123Z", "2025-07-21T02:45:19Z", "second", true, ""},
		{"2025-07-21 10:45 JST", "2025-07-21T10:45:00+09:00", "minute", true, ""},
		{"2025-07-21 10:45 GMT+8", "2025-07-21T10:45:00+08:00", "minute", true, ""},
		{"20250721", "2025-07-21T00:00:00+08:00", "day", false, ""},
		{"202507211045", "2025-07-21T10:45:00+08:00", "minute", false, ""},
		{"20250721T104519Z", "2025-07-21T10:45:19Z", "second", true, ""},
		{"2025-07-21 25:61", "2025-07-21T00:00:00+08:00", "day", false, "2025-07-21"},
		{"2025-07-21 来源：潮声网 已有38人阅读", "2025-07-21T00:00:00+08:00", "day", false, "2025-07-21"},

		{"03/04/2025 09:04", "ambiguous", "", false, ""},
		{"2025-02-30", "impossible", "", false, ""},
		{"2025年13月1日", "impossible", "", false, ""},
		{"31/31/2025", "impossible", "", false, ""},
		{"三小时前", "no date", "", false, ""},
		{"25-07-21", "no date", "", false, ""},
		{"电话 2345-6789", "no date", "", false, ""},
		{"版本 1.2.2025.10", "no date", "", false, ""},
		{"", "no date", "", false, ""},
	}
	for _, c := range cases {
		t.Run(c.words, func(t *testing.T) {
			m, bad := testReader.Parse(c.words, nil, East8)
			got := string(bad)
			if bad == "" {
				got = m.Time.Format(time.RFC3339)
			}
			if got != c.want || string(m.Precision) != c.precision || m.ZoneStated != c.stated {
				t.Errorf("%s %q stated=%v, want %s %q stated=%v", got, m.Precision, m.ZoneStated, c.want, c.precision, c.stated)
			}
			want := c.raw
			if want == "" && bad == "" {
				want = c.words
			}
			if m.Raw != want {
				t.Errorf("raw %q, want %q", m.Raw, want)
			}
		})
	}
}

// A rule's layout settles what would be ambiguous.
func TestParseDateByLayout(t *testing.T) {
	m, bad := testReader.Parse("03/04/2025 09:04", []string{"02/01/2006 15:04"}, East8)
	if got := m.Time.Format(time.RFC3339); bad != "" || got != "2025-04-03T09:04:00+08:00" || m.Precision != "minute" {
		t.Errorf("%s %s %s", got, m.Precision, bad)
	}
}

// No day of the calendar is read as another one, in any of the forms.
func TestEveryDayReadsAsItself(t *testing.T) {
	layouts := []string{"2006-01-02", "2006年1月2日", "2006/1/2", "2006. 1. 2.", "Jan 2, 2006", "2 January 2006", "20060102", "2006년 1월 2일"}
	for day := time.Date(2023, 1, 1, 0, 0, 0, 0, East8); day.Year() < 2025; day = day.AddDate(0, 0, 1) {
		for _, layout := range layouts {
			words := day.Format(layout)
			if m, bad := testReader.Parse(words, nil, East8); bad != "" || !m.Time.Equal(day) {
				t.Fatalf("%q reads as %s (%s)", words, m.Time, bad)
			}
		}
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2025年7月21日 下午3:05 HKT", "民國114年", "令和7年七月廿一日", "Jul 21, 2025", "03/04/2025", "20250721T104519Z", "２０２５／０７／２１"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m, bad := testReader.Parse(s, nil, East8)
		if bad != "" {
			return
		}
		if y := m.Time.Year(); y < 1799 || y > 2200 {
			t.Errorf("%q: year %d", s, y)
		}
		if m.Precision == "" || m.Raw == "" {
			t.Errorf("%q: %+v", s, m)
		}
	})
}
