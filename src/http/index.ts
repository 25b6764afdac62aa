export { type ReportServer, serveCase } from './report-server.ts'
