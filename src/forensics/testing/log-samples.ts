/** One small file of each format that is read as text, in the shape of the provider's documents, with invented data. */
export const LOG_SAMPLES: Readonly<Record<string, string>> = {
  alb: `h2 2021-07-02T22:23:00.186641Z app/maps/50dc6c495c0c9188 198.51.100.7:2817 10.0.0.1:80 0.001 0.048 0.002 200 200 34 366 "GET https://maps.example.com:443/files/a%20b.csv?x=1 HTTP/2.0" "curl/8.5.0" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:elasticloadbalancing:us-east-2:111122223333:targetgroup/maps/73e2d6bc24d8a067 "Root=1-58337262-36d228ad5d99923122bbe354" "maps.example.com" "arn:aws:acm:us-east-2:111122223333:certificate/12345678" 0 2021-07-02T22:22:48.364000Z "forward" "-" "-" "10.0.0.1:80" "200" "-" "-" TID_1234abcd5678ef90\n`,
  'azure-activity': `${JSON.stringify({
    time: '2023-05-04T05:06:07.1234567Z',
    resourceId: '/SUBSCRIPTIONS/S/RESOURCEGROUPS/R/PROVIDERS/MICROSOFT.STORAGE/STORAGEACCOUNTS/DEALERS',
    operationName: 'MICROSOFT.STORAGE/STORAGEACCOUNTS/LISTKEYS/ACTION',
    category: 'Administrative',
    resultType: 'Success',
    resultSignature: 'Succeeded.',
    callerIpAddress: '198.51.100.7',
    correlationId: '0b1c2d3e-0000-4000-8000-000000000001',
    identity: { claims: { 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn': 'a@example.com' } },
    level: 'Information',
  })}\n`,
  'azure-storage-classic':
    '1.0;2014-06-19T22:59:23.1967767Z;GetBlob;AnonymousSuccess;200;17;16;anonymous;;dealers;blob;"https://dealers.blob.core.windows.net/inquiries/a%20b.csv?x=1&amp;y=2";"/dealers/inquiries/a b.csv";61d2e3f6-bcb7-4cd1-a81e-4f8f497f0da2;0;192.0.2.100:4362;2014-02-14;283;0;354;23;0;;;"&quot;0x8D15A2913C934DE&quot;";Thursday, 19-Jun-14 22:58:10 GMT;;"WA-Storage/4.0.1 (.NET CLR 4.0.30319.34014; Win32NT 6.3.9600.0)";;"44dfd78e-7288-4898-8f70-c3478983d3b6"\n',
  'azure-storage': `${JSON.stringify({
    time: '2023-05-04T05:06:07.1234567Z',
    resourceId: '/subscriptions/s/resourceGroups/r/providers/Microsoft.Storage/storageAccounts/dealers/blobServices/default',
    category: 'StorageRead',
    operationName: 'GetBlob',
    operationVersion: '2020-06-12',
    schemaVersion: '1.0',
    statusCode: 200,
    statusText: 'Success',
    durationMs: 17,
    callerIpAddress: '198.51.100.7:51234',
    correlationId: '0b1c2d3e-0000-4000-8000-000000000002',
    identity: { type: 'Anonymous' },
    location: 'japaneast',
    properties: {
      accountName: 'dealers',
      userAgentHeader: 'curl/8.5.0',
      referrerHeader: 'https://example.com/',
      serviceType: 'blob',
      objectKey: '/dealers/inquiries/2019/a b.csv',
      responseBodySize: 2048,
      tlsVersion: 'TLS 1.2',
    },
    uri: 'https://dealers.blob.core.windows.net:443/inquiries/2019/a%20b.csv',
    protocol: 'HTTPS',
    resourceType: 'Microsoft.Storage/storageAccounts/blobServices',
  })}\n`,
  'cloud-audit': `${JSON.stringify({
    protoPayload: {
      '@type': 'type.googleapis.com/google.cloud.audit.AuditLog',
      status: {},
      authenticationInfo: { principalEmail: 'a@example.com' },
      requestMetadata: { callerIp: '198.51.100.7', callerSuppliedUserAgent: 'gsutil/5.0,gzip(gfe)' },
      serviceName: 'storage.googleapis.com',
      methodName: 'storage.objects.get',
      authorizationInfo: [
        { resource: 'projects/_/buckets/maps/objects/a.csv', permission: 'storage.objects.get', granted: true },
      ],
      resourceName: 'projects/_/buckets/maps/objects/2019/a.csv',
    },
    insertId: '1abc2def',
    resource: { type: 'gcs_bucket', labels: { bucket_name: 'maps', project_id: 'example', location: 'asia-northeast1' } },
    timestamp: '2023-05-04T05:06:07.123456789Z',
    severity: 'INFO',
    logName: 'projects/example/logs/cloudaudit.googleapis.com%2Fdata_access',
  })}\n`,
  cloudfront: `#Version: 1.0
#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start sc-range-end
2019-12-04\t21:02:31\tLAX1\t392\t192.0.2.24\tGET\td111111abcdef8.cloudfront.net\t/2019/a%20b.csv\t200\thttps://example.com/%3Fq\tMozilla/5.0%2520(Windows%2520NT%252010.0)\tx=1\t-\tHit\tSOX4xwn4XV6Q4rgb7XiVGOHms_BGlTAC4KyHmureZmBNrjGdRLiNIQ==\tmaps.example.com\thttps\t23\t0.001\t-\tTLSv1.2\tECDHE-RSA-AES128-GCM-SHA256\tHit\tHTTP/2.0\t-\t-\t11040\t0.001\tHit\ttext/csv\t78\t-\t-
`,
  'cloudfront-realtime': `1575493351.123\t192.0.2.24\t0.002\t200\t392\tGET\thttps\td111111abcdef8.cloudfront.net\t/a.csv\t23\tLAX1\tSOX4xwn4XV6Q4rgb7XiVGOHms\tmaps.example.com\t0.001\tHTTP/2.0\tIPv4\tcurl/8.5.0\t-\t-\t-\tHit\t-\tTLSv1.3\tTLS_AES_128_GCM_SHA256\tHit\t-\t-\ttext/csv\t78\t-\t-\t11040\tHit\tJP\t-\t*/*\t*\tHost:maps.example.com%0D%0A\tHost\t1\n`,
  'cloudtrail-data-event': JSON.stringify({
    Records: [
      {
        eventVersion: '1.08',
        userIdentity: { type: 'AWSAccount', principalId: '', accountId: 'anonymous' },
        eventTime: '2021-03-04T05:06:07Z',
        eventSource: 's3.amazonaws.com',
        eventName: 'GetObject',
        sourceIPAddress: '198.51.100.7',
        requestParameters: { bucketName: 'maps', key: 'a.csv' },
        requestID: '3E57427F3EXAMPLE',
        eventID: '0fedcba9-0000-4000-8000-000000000001',
        managementEvent: false,
        eventCategory: 'Data',
      },
    ],
  }),
  'cloudtrail-digest': JSON.stringify({
    awsAccountId: '111122223333',
    digestStartTime: '2021-03-04T05:00:00Z',
    digestEndTime: '2021-03-04T06:00:00Z',
    digestS3Bucket: 'trail',
    logFiles: [],
  }),
  'cloudtrail-insight': JSON.stringify({
    Records: [
      {
        eventVersion: '1.07',
        eventTime: '2021-03-04T05:06:07Z',
        awsRegion: 'us-east-1',
        eventType: 'AwsCloudTrailInsight',
        insightDetails: { state: 'Start', eventSource: 's3.amazonaws.com', eventName: 'GetObject' },
        eventCategory: 'Insight',
      },
    ],
  }),
  'gcs-storage': '"bucket","storage_byte_hours"\n"maps","240000"\n',
  'gcs-usage': `"time_micros","c_ip","c_ip_type","c_ip_region","cs_method","cs_uri","sc_status","cs_bytes","sc_bytes","time_taken_micros","cs_host","cs_referer","cs_user_agent","s_request_id","cs_operation","cs_bucket","cs_object"
"1331679088000000","198.51.100.7","1","","GET","/storage/v1/b/maps/o/a%20b.csv?alt=media","200","0","2048","64000","storage.googleapis.com","","say ""hi"", curl/8.5.0","AAANsUrrq3B","storage.objects.get","maps","2019/a%20b.csv"
`,
  'minio-audit': `${JSON.stringify({
    version: '1',
    deploymentid: 'bc0e4d1e-0000-4000-8000-000000000001',
    time: '2023-05-04T05:06:07.123456789Z',
    event: '',
    trigger: 'incoming',
    api: {
      name: 'GetObject',
      bucket: 'maps',
      object: '2019/a b.csv',
      status: 'OK',
      statusCode: 200,
      rx: 0,
      tx: 2048,
      timeToFirstByte: '8123456ns',
      timeToResponse: '9123456ns',
    },
    remotehost: '198.51.100.7',
    requestID: '173DD2A0AF5F0A7C',
    userAgent: 'MinIO (linux; amd64) minio-go/v7.0.1',
    requestPath: '/maps/2019/a%20b.csv',
    requestHost: 'minio.example.com:9000',
    requestHeader: { 'Accept-Encoding': 'identity' },
    accessKey: '',
  })}\n`,
  'nginx-combined': `198.51.100.7 - - [04/Mar/2021:14:06:07 +0900] "GET /maps/a%20b.csv?x=1 HTTP/1.1" 200 2048 "https://example.com/" "curl/8.5.0"\n`,
  nlb: 'tls 2.0 2020-04-01T08:51:42 net/my-network-loadbalancer/c6e77e28c25b2234 g3d4b5e8bb8464cd 198.51.100.7:51341 10.0.0.2:443 5 2 98 246 - arn:aws:acm:us-east-2:111122223333:certificate/2a108f19 - ECDHE-RSA-AES128-SHA tlsv12 - maps.example.com h2 h2 "h2","http/1.1" 2020-04-01T08:51:20\n',
  'ocsf-api-activity': `${JSON.stringify({
    class_uid: 6003,
    metadata: { uid: '0fedcba9-0000-4000-8000-000000000001', product: { name: 'CloudTrail' } },
    time: 1_614_834_367_000,
    api: { operation: 'GetObject', service: { name: 's3.amazonaws.com' }, request: { uid: '3E57427F3EXAMPLE' } },
    actor: { user: { type: 'AWSAccount', account: { uid: 'anonymous' } } },
    src_endpoint: { ip: '198.51.100.7' },
    http_request: { user_agent: 'curl/8.5.0' },
    status_id: 1,
    resources: [{ uid: 'arn:aws:s3:::maps/2019/a.csv' }, { uid: 'arn:aws:s3:::maps' }],
  })}\n`,
  'postgresql-connection': `2023-05-04 05:06:07 UTC:198.51.100.7(51234):[unknown]@[unknown]:[2241]:LOG:  connection received: host=198.51.100.7 port=51234
2023-05-04 05:06:07 UTC:198.51.100.7(51234):app@crm:[2241]:LOG:  connection authorized: user=app database=crm application_name=psql SSL enabled (protocol=TLSv1.3, cipher=TLS_AES_256_GCM_SHA384, bits=256)
2023-05-04 05:06:09 UTC:198.51.100.7(51234):app@crm:[2241]:LOG:  duration: 1.2 ms  statement: SELECT 1
`,
  's3-access-log': `79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be maps [06/Feb/2019:00:00:38 +0000] 192.0.2.3 - 3E57427F3EXAMPLE REST.GET.OBJECT a.csv "GET /a.csv HTTP/1.1" 200 - 113 2048 7 6 "-" "curl/8.5.0" -\n`,
  versitygw: `log starts 2023-05-04 05:00:00.000000 +0000 UTC m=+0.01
admin maps [04/May/2023:05:06:07 +0000] 198.51.100.7 - 1A2B3C4D5E6F7081 s3_GetObject 2019/a b.csv /maps/2019/a%20b.csv 200 - 2048 2048 3 3 - aws-cli/2.15 Python/3.11 - - SigV4 - AuthHeader s3.us-east-1.amazonaws.com - arn:aws:s3:::/maps/2019/a b.csv Yes
`,
  'vpc-flow': `version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status
2 111122223333 eni-1235b8ca123456789 198.51.100.7 10.0.0.5 49761 5432 6 20 4249 1418530010 1418530070 ACCEPT OK
`,
}
