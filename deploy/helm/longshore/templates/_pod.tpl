{{/* The pod of a node: the same in a Deployment and in a StatefulSet, except for the volume. */}}
{{- define "longshore.pod" -}}
metadata:
  labels:
    {{- include "longshore.labels" . | nindent 4 }}
    {{- with .Values.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  annotations:
    # New secrets restart the pods. The chart does not notice a change in a Secret that it did not create.
    checksum/secrets: {{ include "longshore.secretValues" . | sha256sum }}
    {{- if .Values.metrics.annotations }}
    prometheus.io/scrape: "true"
    prometheus.io/path: /metrics
    prometheus.io/port: "5050"
    prometheus.io/scheme: {{ include "longshore.scheme" . | lower }}
    {{- end }}
    {{- with .Values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ include "longshore.serviceAccountName" . }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- with .Values.imagePullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  terminationGracePeriodSeconds: {{ add .Values.shutdown.delaySeconds .Values.shutdown.drainSeconds 10 }}
  securityContext:
    runAsNonRoot: true
    runAsUser: 65532
    runAsGroup: 65532
    {{- if eq .Values.mode "embedded" }}
    fsGroup: 65532
    fsGroupChangePolicy: OnRootMismatch
    {{- end }}
    seccompProfile:
      type: RuntimeDefault
  containers:
    - name: longshore
      image: {{ include "longshore.image" . | quote }}
      imagePullPolicy: {{ .Values.image.pullPolicy }}
      args: [serve]
      env:
        {{- include "longshore.env" . | nindent 8 }}
      ports:
        - name: http
          containerPort: 5050
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        runAsNonRoot: true
        capabilities:
          drop: [ALL]
        seccompProfile:
          type: RuntimeDefault
      # The other probes start after the first success: the first node of a new version migrates the schema before it serves.
      startupProbe:
        {{- include "longshore.probe" (list . "/readyz") | nindent 8 }}
        periodSeconds: 2
        timeoutSeconds: 3
        failureThreshold: 150
      # Liveness is not readiness: a restart does not help a node that has lost its database.
      livenessProbe:
        {{- include "longshore.probe" (list . "/healthz") | nindent 8 }}
        periodSeconds: 10
        timeoutSeconds: 5
        failureThreshold: 3
      readinessProbe:
        {{- include "longshore.probe" (list . "/readyz") | nindent 8 }}
        periodSeconds: 3
        timeoutSeconds: 3
        failureThreshold: 2
      resources:
        {{- toYaml .Values.resources | nindent 8 }}
      {{- include "longshore.mounts" . | nindent 6 }}
  {{- include "longshore.volumes" . | nindent 2 }}
  {{- include "longshore.placement" . | nindent 2 }}
{{- end -}}

{{- define "longshore.scheme" -}}
{{- if .Values.tls.existingSecret }}HTTPS{{ else }}HTTP{{ end -}}
{{- end -}}

{{/* The URL that answers name: the configured one, or the ingress's if there are no trusted proxies. */}}
{{- define "longshore.publicUrl" -}}
{{- if .Values.registry.publicUrl -}}
{{ .Values.registry.publicUrl }}
{{- else if and .Values.ingress.enabled .Values.ingress.hosts .Values.ingress.tlsSecret (not .Values.registry.trustedProxies) -}}
https://{{ first .Values.ingress.hosts }}
{{- end -}}
{{- end -}}

{{/* Takes a list: the root, the page. */}}
{{- define "longshore.probe" -}}
httpGet:
  path: {{ index . 1 }}
  port: http
  scheme: {{ include "longshore.scheme" (index . 0) }}
{{- end -}}

{{- define "longshore.env" -}}
- name: LONGSHORE_LISTEN
  value: "0.0.0.0:5050"
- name: LONGSHORE_LOG_FORMAT
  value: json
- name: LONGSHORE_LOG
  value: {{ .Values.registry.log | quote }}
- name: LONGSHORE_ACCOUNT
  value: {{ .Values.registry.account | quote }}
- name: LONGSHORE_REGION
  value: {{ .Values.registry.region | quote }}
{{- with .Values.registry.domain }}
- name: LONGSHORE_DOMAIN
  value: {{ . | quote }}
{{- end }}
{{- with include "longshore.publicUrl" . }}
- name: LONGSHORE_PUBLIC_URL
  value: {{ . | quote }}
{{- end }}
- name: LONGSHORE_ENFORCEMENT
  value: {{ .Values.registry.enforcement }}
- name: LONGSHORE_ENCRYPTION
  value: {{ .Values.registry.encryption }}
{{- with .Values.registry.trustedProxies }}
- name: LONGSHORE_TRUSTED_PROXIES
  value: {{ join "," . | quote }}
{{- end }}
- name: LONGSHORE_DRAIN_DELAY_SECONDS
  value: {{ .Values.shutdown.delaySeconds | quote }}
- name: LONGSHORE_DRAIN_SECONDS
  value: {{ .Values.shutdown.drainSeconds | quote }}
{{- if .Values.tls.existingSecret }}
- name: LONGSHORE_TLS_CERTIFICATE
  value: /etc/longshore/tls/tls.crt
- name: LONGSHORE_TLS_KEY
  value: /etc/longshore/tls/tls.key
{{- end }}
{{- if eq .Values.mode "cluster" }}
- name: LONGSHORE_OBJECTS
  value: {{ required "objects.url is not set: a cluster needs a bucket, s3://BUCKET/PREFIX, az://CONTAINER/PREFIX or gs://BUCKET/PREFIX" .Values.objects.url | quote }}
{{- if eq (include "longshore.cloud" .) "azure" }}
- name: LONGSHORE_AZURE_ACCOUNT
  value: {{ required "objects.account is not set: az:// needs the storage account" .Values.objects.account | quote }}
{{- with .Values.objects.endpoint }}
- name: LONGSHORE_AZURE_ENDPOINT
  value: {{ . | quote }}
{{- end }}
{{- if .Values.objects.allowHttp }}
- name: LONGSHORE_AZURE_ALLOW_HTTP
  value: "true"
{{- end }}
{{- else if eq (include "longshore.cloud" .) "google" }}
{{- with .Values.objects.endpoint }}
- name: LONGSHORE_GCS_ENDPOINT
  value: {{ . | quote }}
{{- end }}
{{- if .Values.objects.allowHttp }}
- name: LONGSHORE_GCS_ALLOW_HTTP
  value: "true"
{{- end }}
{{- else }}
{{- with .Values.objects.endpoint }}
- name: LONGSHORE_S3_ENDPOINT
  value: {{ . | quote }}
{{- end }}
- name: LONGSHORE_S3_REGION
  value: {{ .Values.objects.region | quote }}
{{- with .Values.objects.sse }}
- name: LONGSHORE_S3_SSE
  value: {{ . | quote }}
{{- end }}
{{- if .Values.objects.allowHttp }}
- name: LONGSHORE_S3_ALLOW_HTTP
  value: "true"
{{- end }}
{{- end }}
{{- end }}
{{- include "longshore.secretEnv" . }}
{{- with .Values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "longshore.mounts" -}}
{{- if or .Values.tls.existingSecret (eq .Values.mode "embedded") -}}
volumeMounts:
  {{- if eq .Values.mode "embedded" }}
  - name: data
    mountPath: /data
  {{- end }}
  {{- if .Values.tls.existingSecret }}
  - name: tls
    mountPath: /etc/longshore/tls
    readOnly: true
  {{- end }}
{{- end -}}
{{- end -}}

{{- define "longshore.volumes" -}}
{{- $claimed := and (eq .Values.mode "embedded") .Values.persistence.existingClaim -}}
{{- if or .Values.tls.existingSecret $claimed -}}
volumes:
  {{- if $claimed }}
  - name: data
    persistentVolumeClaim:
      claimName: {{ .Values.persistence.existingClaim }}
  {{- end }}
  {{- with .Values.tls.existingSecret }}
  - name: tls
    secret:
      secretName: {{ . }}
  {{- end }}
{{- end -}}
{{- end -}}

{{- define "longshore.placement" -}}
{{- if .Values.topologySpreadConstraints }}
topologySpreadConstraints:
  {{- toYaml .Values.topologySpreadConstraints | nindent 2 }}
{{- else if eq .Values.mode "cluster" }}
topologySpreadConstraints:
  {{- range list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
  - maxSkew: 1
    topologyKey: {{ . }}
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "longshore.selector" $ | nindent 8 }}
  {{- end }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}
