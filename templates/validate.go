package templates

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"offprint/typeset"
)

// requiredRoles are those that the engine sets; a design must have each.
var requiredRoles = []typeset.Role{
	typeset.RoleSection, typeset.RoleHeadline, typeset.RoleStandfirst, typeset.RoleByline, typeset.RoleBio,
	typeset.RoleBody, typeset.RoleHeading, typeset.RoleListItem, typeset.RoleQuote, typeset.RoleTable,
	typeset.RolePre, typeset.RoleFigure, typeset.RoleCaption, typeset.RoleDisclaimer, typeset.RoleSource,
	typeset.RoleHead, typeset.RoleFolio,
}

var requiredColours = []string{"text", "muted", "accent", "line", "tint", "link"}

// validate refuses a design with which the engine could not fill a page.
func (d *Design) validate() error {
	checks := []func() error{
		d.checkPapers, d.checkSteps, d.checkRoles, d.checkSmallType, d.checkFurniture, d.checkWords,
	}
	for _, check := range checks {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

func (d *Design) checkPapers() error {
	if _, ok := d.Papers["A4"]; !ok {
		return errors.New("papers: A4 is missing")
	}
	for _, name := range slices.Sorted(maps.Keys(d.Papers)) {
		p := d.Papers[name]
		if p.WidthMM < 70 || p.HeightMM < 100 || p.WidthMM > 1200 || p.HeightMM > 1200 {
			return fmt.Errorf("papers.%s: want 70–1200 mm by 100–1200 mm", name)
		}
		if min(p.TopMM, p.BottomMM, p.SideMM) < 5 {
			return fmt.Errorf("papers.%s: margins must be at least 5 mm", name)
		}
		if p.WidthMM-2*p.SideMM < 40 || p.HeightMM-p.TopMM-p.BottomMM < 60 {
			return fmt.Errorf("papers.%s: the margins leave no text block of 40 × 60 mm", name)
		}
	}
	return nil
}

func (d *Design) checkSteps() error {
	if _, ok := d.Steps[d.DefaultStep]; !ok {
		return fmt.Errorf("default_step: %q is not one of the steps", d.DefaultStep)
	}
	for _, name := range slices.Sorted(maps.Keys(d.Steps)) {
		s := d.Steps[name]
		if s.Size < MinSize || s.Size > MaxSize {
			return fmt.Errorf("steps.%s: size %v: want %d–%d points", name, s.Size, MinSize, MaxSize)
		}
		// CLREQ, considerations in designing type area: 50–100 % of the size between lines.
		if s.Leading < 1.5*s.Size || s.Leading > 2*s.Size {
			return fmt.Errorf("steps.%s: leading %v: want 1.5–2 times the size", name, s.Leading)
		}
		if s.MeasureEm < 8 || s.MeasureEm > 60 {
			return fmt.Errorf("steps.%s: measure_em %d: want 8–60", name, s.MeasureEm)
		}
	}
	if d.MaxMeasureEm < 10 || d.MaxMeasureEm > 60 || d.Columns.MinMeasureEm < 8 {
		return errors.New("max_measure_em: want 10–60, and columns.min_measure_em at least 8")
	}
	if _, ok := d.IndentEm["*"]; !ok {
		return errors.New(`indent_em: "*" is missing`)
	}
	if sp := d.Spacing; !slices.IsSorted([]int{0, sp.HanLatinMin, sp.HanLatin, sp.HanLatinMax}) ||
		!slices.IsSorted([]int{0, sp.SpaceMin, sp.SpaceMax}) {
		return errors.New("spacing: want 0 ≤ min ≤ natural ≤ max")
	}
	return nil
}

func (d *Design) checkRoles() error {
	for _, role := range requiredRoles {
		if _, ok := d.Roles[string(role)]; !ok {
			return fmt.Errorf("roles: %s is missing", role)
		}
	}
	aligns := []typeset.Align{"", typeset.Justify, typeset.Left, typeset.Right, typeset.Centre, typeset.Balanced}
	for _, name := range slices.Sorted(maps.Keys(d.Roles)) {
		r := d.Roles[name]
		switch {
		case !slices.Contains(requiredRoles, typeset.Role(name)):
			return fmt.Errorf("roles.%s: there is no such role", name)
		case r.Size < 5 || r.Size > 72:
			return fmt.Errorf("roles.%s: size %v: want 5–72 points", name, r.Size)
		case !slices.Contains([]string{"body", "root", "none"}, r.Scale):
			return fmt.Errorf("roles.%s: scale %q: want body, root or none", name, r.Scale)
		case r.Leading != 0 && (r.Leading < 1 || r.Leading > 3):
			return fmt.Errorf("roles.%s: leading %v: want 1–3 times the size, or 0 for the grid", name, r.Leading)
		case !slices.Contains(aligns, typeset.Align(r.Align)):
			return fmt.Errorf("roles.%s: align %q is not known", name, r.Align)
		case min(r.Left, r.Right, r.Before, r.After) < 0 || max(r.Left, r.Right, r.Before, r.After) > 8:
			return fmt.Errorf("roles.%s: left, right, before and after: want 0–8", name)
		}
		if _, ok := d.Colours[r.Colour]; r.Colour != "" && !ok {
			return fmt.Errorf("roles.%s: colour %q is not defined", name, r.Colour)
		}
	}
	for _, name := range requiredColours {
		if _, ok := d.Colours[name]; !ok {
			return fmt.Errorf("colours: %s is missing", name)
		}
	}
	return nil
}

func (d *Design) checkSmallType() error {
	if min(d.Widows, d.Orphans) < 1 || max(d.Widows, d.Orphans) > 5 {
		return errors.New("widows and orphans: want 1–5 lines")
	}
	s := d.SmallType
	if min(s.Script, s.Ruby) < 0.3 || max(s.Script, s.Ruby) > 1 {
		return errors.New("small_type: script and ruby: want 0.3–1 of the size")
	}
	if min(s.SuperscriptRise, s.SubscriptDrop) < 0 || max(s.SuperscriptRise, s.SubscriptDrop) > 1 {
		return errors.New("small_type: superscript_rise and subscript_drop: want 0–1 of the size")
	}
	return nil
}

func (d *Design) checkFurniture() error {
	f := d.Furniture
	if f.LogoHeightMM < 3 || f.LogoHeightMM > 30 || f.LogoMaxWidthMM < f.LogoHeightMM {
		return errors.New("furniture: logo_height_mm: want 3–30, and logo_max_width_mm no less")
	}
	if f.QRMM < 10 || f.QRMM > 60 || f.FigureMinPPI < 36 {
		return errors.New("furniture: qr_mm: want 10–60, and figure_min_ppi at least 36")
	}
	if f.FigureMaxHeight < 0.2 || f.FigureMaxHeight > 0.9 || f.FigureMinScale < 0.3 || f.FigureMinScale > 1 {
		return errors.New("furniture: figure_max_height: want 0.2–0.9, and figure_min_scale 0.3–1")
	}
	if min(f.DateRoomEm, f.FolioRoomEm, f.BreakEm, f.RowPadEm) < 0 {
		return errors.New("furniture: date_room_em, folio_room_em, break_em and row_pad_em: want no less than 0")
	}
	if max(f.DateRoomEm, f.FolioRoomEm) > 30 || f.BreakEm > 60 || f.RowPadEm > 2 {
		return errors.New("furniture: want date_room_em and folio_room_em up to 30, break_em up to 60, row_pad_em up to 2")
	}
	return nil
}

func (d *Design) checkWords() error {
	if _, ok := d.Words["en"]; !ok {
		return errors.New("words: en is missing, which stands in for other languages")
	}
	for _, lang := range slices.Sorted(maps.Keys(d.Words)) {
		if w := d.Words[lang]; !strings.Contains(w.Folio, "{n}") {
			return fmt.Errorf("words.%s: folio has no {n}", lang)
		}
	}
	return nil
}
