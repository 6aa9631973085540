export { importCatalogue, type Catalogue, type CatalogueEntry, type CatalogueOptions } from './catalogue';
export { checkMapping, type MappingFinding } from './mapping';
