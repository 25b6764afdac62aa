export { caseRoutes, type ReportServer, serveCase } from './report-server.ts'
