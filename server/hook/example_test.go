package hook_test

import (
	"fmt"
	"net/http"
	"time"

	"offprint/server/hook"
)

// A Strapi entry is published. Strapi knows no addresses, so the hook makes them.
func Example() {
	cms, err := hook.New("cms", hook.Config{
		Source:      "strapi",
		Types:       []string{"article"},
		URLTemplate: "https://nanting.example/{entry.slug}",
		Actions:     []string{"render:large", "email:subscribers"},
	}, hook.ParseSecrets([]byte("3f9c0d6e1a7b4852\n")))
	if err != nil {
		fmt.Println(err)
		return
	}
	event, err := cms.Receive(&hook.Request{
		Method: http.MethodPost,
		Path:   "/v1/hooks/cms",
		Header: http.Header{
			"Content-Type":  {"application/json"},
			"Authorization": {"Bearer 3f9c0d6e1a7b4852"},
		},
		Body: []byte(`{"event":"entry.publish","model":"article","entry":{"documentId":"a1","slug":"潮水账本","title":"潮水账本","locale":"zh_CN"}}`),
	}, time.Now())
	if err != nil {
		fmt.Println(err) // an *Error: Status says what to answer, Hint what to do
		return
	}
	fmt.Println(event.What, event.URL, event.Title, event.Lang)
	for _, action := range cms.Actions(event.What) {
		fmt.Println(action)
	}
	// Output:
	// publish https://nanting.example/%E6%BD%AE%E6%B0%B4%E8%B4%A6%E6%9C%AC 潮水账本 zh-Hans
	// render:large
	// email:subscribers
}

func ExampleLang() {
	fmt.Println(hook.Lang("zh_CN"), hook.Lang("zh-TW"), hook.Lang("zh_HK.UTF-8"), hook.Lang("ja_JP"))
	// Output: zh-Hans zh-Hant-TW zh-Hant-HK ja-JP
}
