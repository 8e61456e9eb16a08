package queue

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// engineFiles hold the SQL of one engine alone.
var engineFiles = map[string]bool{"sqlite.go": true}

// TestSQLIsCommon: the SQL outside an engine's file is understood by SQLite and by
// PostgreSQL.
func TestSQLIsCommon(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	statements := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") || engineFiles[name] {
			continue
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			literal, ok := n.(*ast.BasicLit)
			if !ok || literal.Kind != token.STRING {
				return true
			}
			text, err := strconv.Unquote(literal.Value)
			if err != nil || !isSQL.MatchString(text) {
				return true
			}
			statements++
			for _, fault := range notCommon(text) {
				t.Errorf("%s: %s", set.Position(literal.Pos()), fault)
			}
			return true
		})
	}
	if statements < 50 {
		t.Errorf("%d statements were looked at: is SQL written in another way now?", statements)
	}
	schemaFiles, err := filepath.Glob("schema*.sql")
	if err != nil || len(schemaFiles) != len(schemas) {
		t.Fatalf("%d files of tables, %v; want %d", len(schemaFiles), err, len(schemas))
	}
	for _, name := range schemaFiles {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, fault := range notCommon(sqlComment.ReplaceAllString(string(text), "")) {
			t.Errorf("%s: %s", name, fault)
		}
	}
}

var (
	isSQL = regexp.MustCompile(`\b(SELECT|INSERT|REPLACE|UPDATE|DELETE FROM|CREATE|ALTER|DROP|PRAGMA|VACUUM)\b` +
		`|\bFROM offprint_|coalesce\(`)
	sqlComment = regexp.MustCompile(`--[^\n]*`)
	sqlString  = regexp.MustCompile(`'[^']*'`)
	extremes   = regexp.MustCompile(`(?i)\b(?:max|min)\s*\(`)
)

// foreign are words that only one of the databases understands, with what both do.
var foreign = []struct {
	word    *regexp.Regexp
	instead string
}{
	// SQLite's.
	{regexp.MustCompile(`\?`), "write places as $1, $2"},
	{regexp.MustCompile(`(?i)\bINSERT\s+OR\b|\bREPLACE\s+INTO\b|\bUPDATE\s+OR\b`), "write ON CONFLICT"},
	{regexp.MustCompile(`(?i)\b(?:date|time|datetime|julianday|unixepoch|strftime)\s*\(`), "give times as milliseconds"},
	{regexp.MustCompile(`(?i)\b(?:_?rowid_?|oid|last_insert_rowid)\b`), "write RETURNING id"},
	{regexp.MustCompile(`(?i)\bAUTOINCREMENT\b|\bWITHOUT\s+ROWID\b|\bSTRICT\b`), "leave it out"},
	{regexp.MustCompile(`(?i)\bPRAGMA\b|\bVACUUM\b|\bsqlite_`), "it belongs to the engine"},
	{regexp.MustCompile(`(?i)\bifnull\s*\(`), "write coalesce"},
	{regexp.MustCompile(`(?i)\biif\s*\(`), "write CASE"},
	{regexp.MustCompile(`(?i)\b(?:GLOB|REGEXP)\b`), "write LIKE"},
	{regexp.MustCompile(`(?i)\b(?:total|group_concat|instr|printf|json_extract|randomblob|hex|changes)\s*\(`), "do it in Go"},
	{regexp.MustCompile(`(?i)\bINDEXED\s+BY\b|\bCOLLATE\s+NOCASE\b`), "leave it out"},
	{regexp.MustCompile("==|`|\""), "write = for equal, and names without quotes"},
	// PostgreSQL's.
	{regexp.MustCompile(`::|(?i)\bILIKE\b|\bnow\s*\(|\bANY\s*\(|\bDISTINCT\s+ON\b|\bFOR\s+UPDATE\b`), "it belongs to the engine"},
	{regexp.MustCompile(`(?i)\b(?:SERIAL|BIGSERIAL|BYTEA|JSONB|TIMESTAMPTZ)\b`), "it belongs to the engine"},
}

// notCommon says what of a statement only one of the databases understands.
func notCommon(statement string) []string {
	statement = sqlString.ReplaceAllString(statement, "''")
	var faults []string
	for _, f := range foreign {
		if found := f.word.FindString(statement); found != "" {
			faults = append(faults, strconv.Quote(found)+" is not common SQL: "+f.instead)
		}
	}
	for _, at := range extremes.FindAllStringIndex(statement, -1) {
		if arguments(statement[at[1]:]) > 1 {
			faults = append(faults, strconv.Quote(statement[at[0]:at[1]])+" of several values is SQLite's alone: write CASE")
		}
	}
	return faults
}

// arguments counts the arguments of a call, given what follows its parenthesis.
func arguments(rest string) int {
	depth, n := 0, 1
	for _, c := range rest {
		switch {
		case c == '(':
			depth++
		case c == ')' && depth == 0:
			return n
		case c == ')':
			depth--
		case c == ',' && depth == 0:
			n++
		}
	}
	return n
}

// TestNotCommon: what only one database understands is found, and nothing else is.
func TestNotCommon(t *testing.T) {
	cases := []struct {
		statement string
		faults    int
	}{
		{`UPDATE offprint_job SET stalled = max(stalled - $4, 0) WHERE id = $1`, 1},
		{`UPDATE offprint_job SET stalled = MIN( coalesce(stalled, 0), 1)`, 1},
		{`SELECT max(coalesce(due, 0)), min(created) FROM offprint_job`, 0},
		{`SELECT coalesce(min(CASE WHEN due > created THEN due ELSE created END), $2) FROM offprint_job`, 0},
		{`INSERT OR IGNORE INTO offprint_note (scope) VALUES ($1)`, 1},
		{`INSERT INTO offprint_note (scope) VALUES ($1) ON CONFLICT DO NOTHING`, 0},
		{`UPDATE offprint_event SET error = 'what? now: "max(1, 2)"' WHERE id = $1`, 0},
		{`DELETE FROM offprint_note WHERE expires < strftime('%s', 'now')`, 1},
		{`SELECT rowid FROM offprint_note WHERE name = ?`, 2},
		{`CREATE TABLE x (id INTEGER PRIMARY KEY AUTOINCREMENT)`, 1},
		{`SELECT ifnull(result, '') FROM offprint_job WHERE id == $1`, 2},
		{`SELECT due::text FROM offprint_job`, 1},
	}
	for _, c := range cases {
		if got := notCommon(c.statement); len(got) != c.faults {
			t.Errorf("%s: %q, want %d faults", c.statement, got, c.faults)
		}
	}
}
