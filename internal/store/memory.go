package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"maps"
	"sync"
	"time"
)

// Memory is a store that forgets everything when the program ends. Its zero
// value is empty and ready.
type Memory struct {
	mu      sync.Mutex
	objects map[Key]memoryObject
}

type memoryObject struct {
	meta Meta
	body []byte
}

// Put implements [Store].
func (m *Memory) Put(ctx context.Context, key Key, meta Meta, r io.Reader) (Meta, error) {
	body, err := io.ReadAll(io.LimitReader(&contextReader{ctx, r}, DefaultMaxObject+1))
	if err == nil && len(body) > DefaultMaxObject {
		err = fmt.Errorf("%w: more than %d bytes", ErrTooLarge, DefaultMaxObject)
	}
	if err != nil {
		return Meta{}, fmt.Errorf("store object %s: %w", key, err)
	}
	meta.Size, meta.SHA256, meta.Modified = int64(len(body)), sha256.Sum256(body), time.Now()
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.objects == nil {
		m.objects = map[Key]memoryObject{}
	}
	m.objects[key] = memoryObject{meta, body}
	return meta, nil
}

// Open implements [Store].
func (m *Memory) Open(_ context.Context, key Key) (*Object, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	o, ok := m.objects[key]
	if !ok {
		return nil, fmt.Errorf("open object %s: %w", key, ErrNotFound)
	}
	return &Object{bytes.NewReader(o.body), o.meta, func() error { return nil }}, nil
}

// Delete implements [Store].
func (m *Memory) Delete(_ context.Context, key Key) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.objects, key)
	return nil
}

// Expire implements [Store].
func (m *Memory) Expire(_ context.Context, before time.Time) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	was := len(m.objects)
	maps.DeleteFunc(m.objects, func(_ Key, o memoryObject) bool { return o.meta.Modified.Before(before) })
	return was - len(m.objects), nil
}
