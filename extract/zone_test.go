package extract

import (
	"testing"
)

// The reader is told when only the day of a date was taken.
func TestUnreadZoneWarns(t *testing.T) {
	body := `<html><head><title>码头的新邻居</title></head><body><h1>码头的新邻居</h1><p>发表时间：2025-07-21 10:45 当地时间</p>` +
		`<p>码头的居民起初担心噪音，去年冬天在门口量了三个晚上，最高四十一分贝，比潮水拍岸还小一点。</p></body></html>`
	a, err := Article(t.Context(), Page{URL: "https://a.example.hk/1", Body: []byte(body)}, Options{})
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
