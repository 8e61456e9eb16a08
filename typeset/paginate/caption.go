package paginate

import "offprint/typeset"

// captionCost keeps a caption whole and on the page of its picture. One that is
// too long for that keeps its first lines there.
func captionCost(slugs []slug, i int) int64 {
	switch next := &slugs[i+1]; {
	case next.role() != typeset.RoleCaption || slugs[i].cluster != next.cluster, next.tall && !slugs[i].figure:
		return 0
	}
	return forbidden
}
