package render

import "testing"

func TestFoldedMarks(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"comma between Han", "开盘走高,收盘回落。", "开盘走高，收盘回落。"},
		{"number stays", "约1,115亿港元", "约1,115亿港元"},
		{"brackets round a number", "143亿美元(约1,115亿港元)", "143亿美元（约1,115亿港元）"},
		{"brackets in a Latin run", "see Table (a) below", "see Table (a) below"},
		{"colon after Han", "他说:很好", "他说：很好"},
		{"time stays", "上午10:45开市", "上午10:45开市"},
		{"question", "为什么?因为", "为什么？因为"},
		{"English sentence inside", "他写道 we win, they lose 然后", "他写道 we win, they lose 然后"},
		{"English sentence that ends with a long word", "he will acknowledge,然后", "he will acknowledge,然后"},
		{"name with comma", "公司(Research, MSL)表示", "公司（Research, MSL）表示"},
		{"comma after a Latin word in a Chinese sentence", "推出GPT,随后", "推出GPT，随后"},
		{"decimal version", "版本4.5;下一版", "版本4.5；下一版"},
		{"after a closing mark", "《海岸》,本报", "《海岸》，本报"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := string(toFullwidth([]rune(c.in))); got != c.want {
				t.Errorf("toFullwidth(%q)\n got %q\nwant %q", c.in, got, c.want)
			}
		})
	}
}
