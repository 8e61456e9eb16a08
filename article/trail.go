package article

// TrailMark stands between the sections of a trail: 理财 › 管理 › 智城物语.
const TrailMark = " › "

// Trail gives where the article stands in its publication, from the widest
// section to the narrowest. The column is the last of it, once.
func (a *Article) Trail() []string {
	trail := append([]string(nil), a.Section...)
	columnIsLast := len(trail) > 0 && trail[len(trail)-1] == a.Column
	if a.Column != "" && !columnIsLast {
		trail = append(trail, a.Column)
	}
	return trail
}
