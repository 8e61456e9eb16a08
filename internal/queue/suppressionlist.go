package queue

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"offprint/mailer"
)

// SuppressionList is what a data folder knows of readers who want no more mail, for
// programs that mail beside its service. It only reads: it makes no folder, no secret
// and no table, and it may be open while a service works.
type SuppressionList struct {
	secret []byte
	db     *sql.DB // nil: there is no database yet
}

// OpenSuppressionList opens the list of a data folder. Nil, without an error: no
// service was ever there. A folder that may not be read is an error, for nobody can
// tell then who wants no mail.
func OpenSuppressionList(dir string) (*SuppressionList, error) {
	secret, err := readSecret(filepath.Join(dir, secretFile))
	missing := errors.Is(err, fs.ErrNotExist)
	if err != nil && !missing {
		return nil, fmt.Errorf("read who wants no mail: %w", err)
	}
	e := engineFor(dir)
	switch {
	case missing && e.exists():
		return nil, fmt.Errorf("read who wants no mail: %w", err)
	case missing:
		return nil, nil
	case !e.exists():
		return &SuppressionList{secret: secret}, nil
	}
	db, err := e.openReader()
	if err != nil {
		return nil, fmt.Errorf("read who wants no mail: %w", err)
	}
	return &SuppressionList{secret: secret, db: db}, nil
}

// Has reports whether an address wants no more mail, as the service knows it now.
func (l *SuppressionList) Has(ctx context.Context, a mailer.Address) (bool, error) {
	if l.db == nil {
		return false, nil
	}
	var one int
	err := l.db.QueryRowContext(ctx, `SELECT 1 FROM offprint_suppression WHERE mac = $1`, mac(l.secret, a)).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("read who wants no mail: %w", err)
	}
	return true, nil
}

// DeriveKey gives the key that [Queue.DeriveKey] gives the folder's service.
func (l *SuppressionList) DeriveKey(purpose string) []byte { return deriveKey(l.secret, purpose) }

// Close lets go of the database.
func (l *SuppressionList) Close() error {
	if l.db == nil {
		return nil
	}
	return l.db.Close()
}

// readSecret reads the secret of a data folder.
func readSecret(name string) ([]byte, error) {
	secret, err := os.ReadFile(name)
	if err == nil && len(secret) < 32 {
		return nil, fmt.Errorf("%s: %d bytes, want 32: restore it, or all who asked for no mail are forgotten",
			name, len(secret))
	}
	return secret, err
}
