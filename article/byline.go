package article

import (
	"regexp"
	"slices"
	"strings"
)

// CreditGap parts the writers from who else is named with them, as page and
// letter print it: 谢长安、杜若　编辑 白露　海岸新报.
const CreditGap = "　"

// nonWriterRole is the role of somebody who had a hand in an article and did not
// write it.
var nonWriterRole = regexp.MustCompile(`(?i)^(?:` +
	`(?:责任|責任|网络|網絡)?(?:编辑|編輯)|责编|責編|編集|` +
	`编译|編譯|翻译|翻譯|译者|譯者|整理|口述|摄影|攝影|写真|` +
	`edit(?:ed by|or)|translat(?:ed by|or))$`)

// Writers gives the names of those who wrote the article, in the byline's order.
func (a *Article) Writers() []string {
	var names []string
	for _, author := range a.Authors {
		if author.Name != "" && author.wrote() {
			names = append(names, author.Name)
		}
	}
	return names
}

// Others gives who had a hand in the article without writing it, such as editors
// and translators. They are named with their role: see [Author.Credit].
func (a *Article) Others() []Author {
	return slices.DeleteFunc(slices.Clone(a.Authors), func(author Author) bool {
		return author.Name == "" || author.wrote()
	})
}

// Credits gives the parts of a byline in their order, none of them empty: the
// writers, joined by a mark; each of the others behind the role; and the agency or
// paper that the article is from, unless it is one of the writers.
func (a *Article) Credits(join string) []string {
	writers := a.Writers()
	parts := []string{strings.Join(writers, join)}
	for _, other := range a.Others() {
		parts = append(parts, other.Credit())
	}
	if !slices.Contains(writers, a.Source) {
		parts = append(parts, a.Source)
	}
	return slices.DeleteFunc(parts, func(part string) bool { return part == "" })
}

// Credit gives the name behind the role: 编辑 白露.
func (a Author) Credit() string {
	if a.Role == "" {
		return a.Name
	}
	return a.Role + " " + a.Name
}

// wrote reports whether the author's role is a writer's. One without a role is a
// writer.
func (a Author) wrote() bool { return !nonWriterRole.MatchString(a.Role) }
