package demo_test

import (
	"fmt"

	"offprint/demo"
)

func ExampleArticles() {
	for _, sample := range demo.Articles() {
		page, err := sample.Page()
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(sample.Name, sample.Lang, len(page) > 10_000)
	}
	// Output:
	// hans zh-Hans true
	// hant zh-Hant-HK true
}
