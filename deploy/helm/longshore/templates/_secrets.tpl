{{/*
The values of `secrets` that are set, by their key in the Secret. Missing or contradictory values are refused here with an
error message: a node would report them too, but later and in its log.
*/}}
{{- define "longshore.secretValues" -}}
{{- $s := .Values.secrets -}}
{{- $cloud := include "longshore.cloud" . -}}
{{- $clouds := dict
  "s3" (dict "s3-access-key-id" $s.s3AccessKeyId "s3-secret-access-key" $s.s3SecretAccessKey)
  "azure" (dict "azure-access-key" $s.azureAccessKey)
  "google" (dict "gcs-service-account-key" $s.gcsServiceAccountKey) -}}
{{- range $other, $keys := $clouds -}}
{{- range $key, $value := $keys -}}
{{- if and $value (ne $other $cloud) -}}
{{- fail (printf "%s is set, but objects.url is %q: the keys are %s" (camelcase $key | untitle) $.Values.objects.url "s3AccessKeyId and s3SecretAccessKey for s3://, azureAccessKey for az://, gcsServiceAccountKey for gs://") -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $bucket := get $clouds $cloud -}}
{{- $all := merge $bucket (dict
  "database-url" $s.databaseUrl
  "keyring-secret" $s.keyringSecret
  "root-access-key-id" $s.rootAccessKeyId
  "root-secret-access-key" $s.rootSecretAccessKey) -}}
{{- $given := dict -}}
{{- range $key, $value := $all -}}
{{- if $value -}}{{- $_ := set $given $key $value -}}{{- end -}}
{{- end -}}
{{- if and $s.existingSecret $given -}}
{{- fail (printf "secrets.existingSecret and other values of secrets are both set: remove one of them (set: %s)" (keys $given | sortAlpha | join ", ")) -}}
{{- end -}}
{{- if and (eq .Values.mode "cluster") (not $s.existingSecret) -}}
{{- $missing := list -}}
{{- range $key := keys $all | sortAlpha -}}
{{- if not (hasKey $given $key) -}}{{- $missing = append $missing $key -}}{{- end -}}
{{- end -}}
{{- if $missing -}}
{{- fail (printf "a cluster needs secrets, and these are missing: %s. Set secrets.existingSecret to a Secret that has them; values.yaml explains each" ($missing | join ", ")) -}}
{{- end -}}
{{- end -}}
{{- if ne (hasKey $given "root-access-key-id") (hasKey $given "root-secret-access-key") -}}
{{- fail "set both secrets.rootAccessKeyId and secrets.rootSecretAccessKey, or neither" -}}
{{- end -}}
{{- if $s.keyringSecret -}}
{{- if not (regexMatch "^[0-9a-fA-F]{64}(,[0-9a-fA-F]{64})*$" $s.keyringSecret) -}}
{{- fail "secrets.keyringSecret must be 64 hexadecimal digits, from openssl rand -hex 32, or several of these separated by commas" -}}
{{- end -}}
{{- end -}}
{{- toYaml $given -}}
{{- end -}}

{{/* Where the objects are: s3, azure or google. */}}
{{- define "longshore.cloud" -}}
{{- if hasPrefix "az://" .Values.objects.url -}}azure
{{- else if hasPrefix "gs://" .Values.objects.url -}}google
{{- else -}}s3
{{- end -}}
{{- end -}}

{{/* One variable from the Secret. Takes a list: the root, the variable, the key. */}}
{{- define "longshore.fromSecret" -}}
- name: {{ index . 1 }}
  valueFrom:
    secretKeyRef:
      name: {{ include "longshore.secretName" (index . 0) }}
      key: {{ index . 2 }}
{{- end -}}

{{/* All variables of this mode that come from the Secret. */}}
{{- define "longshore.secretEnv" -}}
{{- $given := include "longshore.secretValues" . | fromYaml -}}
{{- if eq .Values.mode "cluster" }}
{{ include "longshore.fromSecret" (list . "LONGSHORE_DATABASE" "database-url") }}
{{- if eq (include "longshore.cloud" .) "azure" }}
{{ include "longshore.fromSecret" (list . "LONGSHORE_AZURE_ACCESS_KEY" "azure-access-key") }}
{{- else if eq (include "longshore.cloud" .) "google" }}
{{ include "longshore.fromSecret" (list . "LONGSHORE_GCS_SERVICE_ACCOUNT_KEY" "gcs-service-account-key") }}
{{- else }}
{{ include "longshore.fromSecret" (list . "LONGSHORE_S3_ACCESS_KEY_ID" "s3-access-key-id") }}
{{ include "longshore.fromSecret" (list . "LONGSHORE_S3_SECRET_ACCESS_KEY" "s3-secret-access-key") }}
{{- end }}
{{ include "longshore.fromSecret" (list . "LONGSHORE_KEYRING_SECRET" "keyring-secret") }}
{{- end }}
{{- if or (eq .Values.mode "cluster") .Values.secrets.existingSecret (hasKey $given "root-access-key-id") }}
{{ include "longshore.fromSecret" (list . "LONGSHORE_ROOT_ACCESS_KEY_ID" "root-access-key-id") }}
{{ include "longshore.fromSecret" (list . "LONGSHORE_ROOT_SECRET_ACCESS_KEY" "root-secret-access-key") }}
{{- end }}
{{- end -}}
