// Reads Kubernetes objects as an API server does that is told to be strict: a field that does not exist, one that is
// there twice and one of another type is refused. YAML on standard input, errors on standard error, and on standard
// output a JSON array of all objects.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/client-go/kubernetes/scheme"
)

// Kinds that come with no Kubernetes: nobody here knows their fields.
var strangers = map[string]bool{"monitoring.coreos.com/v1": true}

func main() {
	objects, err := read(os.Stdin)
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(objects)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "kube:", err)
		os.Exit(1)
	}
}

func read(input io.Reader) ([]map[string]any, error) {
	strict := serializer.NewCodecFactory(scheme.Scheme, serializer.EnableStrict).UniversalDeserializer()
	documents := yaml.NewYAMLReader(bufio.NewReader(input))
	objects := []map[string]any{}
	for {
		document, err := documents.Read()
		if errors.Is(err, io.EOF) {
			return objects, nil
		}
		if err != nil {
			return nil, err
		}
		var object map[string]any
		if err := yaml.Unmarshal(document, &object); err != nil {
			return nil, fmt.Errorf("%w in:\n%s", err, document)
		}
		if object == nil {
			continue
		}
		if version, _ := object["apiVersion"].(string); !strangers[version] {
			if _, _, err := strict.Decode(document, nil, nil); err != nil {
				return nil, fmt.Errorf("%w in:\n%s", err, document)
			}
		}
		objects = append(objects, object)
	}
}
