package service

import (
	"maps"
	"os"
	"path/filepath"
	"slices"

	"offprint/internal/hint"
	"offprint/internal/livefile"
	"offprint/mailer"
	"offprint/server/hook"
)

// Reload reads all files again that the service follows: lists, the suppression file,
// secrets of hooks and of callbacks, DKIM keys and API keys. Those that cannot be read stay as they were.
// Each is also read again by itself, when it is needed and has changed.
func (s *Service) Reload() { s.files.Look() }

// reread tells log and metrics of files that were read again.
func (s *Service) reread(kind, name string) func(error) {
	return func(err error) {
		s.metrics.Reread(kind, err)
		if err != nil {
			s.log.Error("a file that changed cannot be read: what was read before still holds",
				"file", name, "error", hint.Joined(err))
			return
		}
		s.log.Info("a file was read again", "file", name)
	}
}

// suppressionFile opens the file of those who asked for no mail; nil: there is none.
func (s *Service) suppressionFile() (mailer.SuppressionList, error) {
	path := s.config.Mail.SuppressionFile
	if path == "" {
		return nil, nil
	}
	file, err := mailer.OpenSuppressionFile(path, s.reread("suppression", "mail.suppression_file"))
	if err != nil {
		return nil, err
	}
	s.files.Add(file)
	return file, nil
}

// list is the recipients of a list, as its file has them now.
type list = livefile.File[[]mailer.Recipient]

// lists opens the lists of recipients.
func (s *Service) lists() (map[string]*list, error) {
	lists := map[string]*list{}
	for _, name := range slices.Sorted(maps.Keys(s.config.Lists)) {
		path := s.config.Lists[name].RecipientsFile
		file, err := livefile.Open([]string{path}, func() ([]mailer.Recipient, error) {
			return s.readList(name, path)
		}, s.reread("list", "lists."+name))
		if err != nil {
			return nil, err
		}
		s.files.Add(file)
		lists[name] = file
	}
	return lists, nil
}

func (s *Service) readList(name, path string) ([]mailer.Recipient, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, hint.Usagef("", "lists.%s: %w", name, err)
	}
	defer file.Close()
	good, refused, err := mailer.ReadRecipients(file)
	if err != nil {
		return nil, hint.Usagef("its first line is email,name,lang,font_size, or some of these",
			"lists.%s: read %s: %w", name, filepath.Base(path), err)
	}
	for _, line := range refused {
		s.log.Warn("a line of a list names nobody", "list", name, "line", line.Line, "error", line.Err)
	}
	return good, nil
}

// hook makes the receiver of a web hook, which takes the secrets that its file has now.
func (s *Service) hook(name string, c hook.Config) (*hook.Receiver, error) {
	var secrets []string
	if c.SecretFile != "" {
		var err error
		if secrets, err = readSecrets(name, c.SecretFile); err != nil {
			return nil, err
		}
	}
	r, err := hook.New(name, c, secrets)
	if err != nil {
		return nil, hint.Usagef(hint.Of(err), "%s", hint.Joined(err))
	}
	if c.SecretFile == "" {
		return r, nil
	}
	file, err := livefile.Open([]string{c.SecretFile}, func() (struct{}, error) {
		secrets, err := readSecrets(name, c.SecretFile)
		if err == nil {
			err = r.SetSecrets(secrets)
		}
		return struct{}{}, err
	}, s.reread("hook", "hooks."+name))
	if err != nil {
		return nil, hint.Usagef(hint.Of(err), "%s", hint.Joined(err))
	}
	s.files.Add(file)
	r.Follow(func() { file.Get() })
	return r, nil
}

func readSecrets(name, path string) ([]string, error) {
	file, err := os.ReadFile(path)
	if err != nil {
		return nil, hint.Usagef("make it, readable by the service's user alone: openssl rand -hex 32 > "+path,
			"hooks.%s.secret_file: read %s: %w", name, path, hint.Reason(err))
	}
	return hook.ParseSecrets(file), nil
}
