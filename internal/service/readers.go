package service

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"offprint/internal/durable"
	"offprint/internal/hint"
	"offprint/internal/livefile"
	"offprint/server"
	"offprint/server/readers"
)

// readerForm makes the form by which readers mail articles. Nil: it is off.
func (s *Service) readerForm() (*server.ReaderForm, error) {
	c := s.config.Readers
	if !c.Enabled {
		return nil, nil
	}
	if c.SecretFile == "" {
		c.SecretFile = filepath.Join(s.config.DataDir, "readers.secret")
		if err := makeReadersSecret(c.SecretFile); err != nil {
			return nil, Unusable(c.SecretFile, err)
		}
	}
	file, err := livefile.Open([]string{c.SecretFile}, func() ([][]byte, error) {
		text, err := os.ReadFile(c.SecretFile)
		if err != nil {
			return nil, err
		}
		return readers.ParseSecrets(text)
	}, s.reread("readers", "readers.secret_file"))
	if err != nil {
		return nil, hint.Usagef("make it: openssl rand -hex 32 > "+c.SecretFile,
			"readers.secret_file: %w", hint.Reason(err))
	}
	s.files.Add(file)
	return &server.ReaderForm{Config: c, Secrets: file.Get, Key: s.queue.DeriveKey("readers")}, nil
}

// makeReadersSecret makes the file unless it is there.
func makeReadersSecret(name string) error {
	secret := make([]byte, 32)
	rand.Read(secret)
	err := durable.CreateFile(name, []byte(hex.EncodeToString(secret)+"\n"), 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	return err
}
