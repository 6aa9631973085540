export { importDocument, type ImportedDocument, type ImportInput } from './import';
export { readHtml, type HtmlReading, type TextView } from './html/read';
export { readPdf, type PdfReading } from './pdf/read';
