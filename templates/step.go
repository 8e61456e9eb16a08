package templates

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// MinSize and MaxSize bound the font sizes of a page's body, in points.
const (
	MinSize = 8
	MaxSize = 32
)

// StepNames lists the steps from the smallest to the largest.
func (d *Design) StepNames() []string {
	return slices.SortedFunc(maps.Keys(d.Steps), func(a, b string) int {
		return cmp.Or(cmp.Compare(d.Steps[a].Size, d.Steps[b].Size), cmp.Compare(a, b))
	})
}

// Sizes says which font sizes there are, in words.
func (d *Design) Sizes() string {
	return fmt.Sprintf("%s, or points from %d to %d", strings.Join(d.StepNames(), ", "), MinSize, MaxSize)
}

// FontSize reads a font size: the name of a step, or points from [MinSize] to
// [MaxSize]. An empty one is the default step. step is nil when no step has that size.
func (d *Design) FontSize(value string) (points float64, step *Step, err error) {
	if value == "" {
		value = d.DefaultStep
	}
	if s, ok := d.Steps[value]; ok {
		return s.Size, &s, nil
	}
	points, err = strconv.ParseFloat(value, 64)
	if inRange := points >= MinSize && points <= MaxSize; err != nil || !inRange {
		return 0, nil, fmt.Errorf("font size %q: want %s", value, d.Sizes())
	}
	for _, name := range d.StepNames() {
		if s := d.Steps[name]; s.Size == points {
			return points, &s, nil
		}
	}
	return points, nil, nil
}
