package paginate

import "offprint/typeset"

// captionCost keeps a caption whole and on the page of its picture.
func captionCost(slugs []slug, i int) int64 {
	if slugs[i+1].role() == typeset.RoleCaption && slugs[i].cluster == slugs[i+1].cluster {
		return forbidden
	}
	return 0
}
