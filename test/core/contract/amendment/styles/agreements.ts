/** Agreements in words of our own, in the manners that offices draft in. */
export const SAAS = `MASTER SUBSCRIPTION AGREEMENT

This Master Subscription Agreement ("Agreement") is entered into as of January 15, 2024 (the "Effective Date") by and between Kestrel Cloud, Inc., a Delaware corporation with its principal office at 410 Harbor Street, Portland, Maine 04101 ("Provider"), and Tamarack Foods LLC, an Ohio limited liability company ("Subscriber").

ARTICLE I. DEFINITIONS

"Affiliate" means any entity that controls, is controlled by or is under common control with a party.

"Named User" means an employee of Subscriber to whom Subscriber has assigned a login.

"Service" means the inventory forecasting application hosted by Provider.

ARTICLE II. ACCESS

2.1 Right to Use. Provider grants Subscriber a non-exclusive right to permit up to two hundred fifty (250) Named Users to access the Service in the United States and Canada.

2.2 Restrictions. Subscriber shall not (a) sublicense the Service, (b) use the Service for the benefit of third parties, or (c) remove any proprietary notice.

2.3 Administrators. Subscriber may designate three Administrators. Each Administrator may create and disable logins. Administrators complete the training of Provider.

ARTICLE III. FEES

3.1 Subscription Fee. Subscriber shall pay an annual fee of $120,000. The fee is payable within forty-five (45) days after receipt of invoice. Late payments accrue interest at 1.5% per month.

3.2 Expenses. Provider bears its own expenses.

ARTICLE IV. TERM

4.1 Initial Term. The initial term commences on the Effective Date and expires on January 14, 2027.

4.2 Termination. Either party may terminate this Agreement for material breach upon thirty (30) days' written notice.

ARTICLE V. MISCELLANEOUS

5.1 Notices. Notices to Provider shall be sent to: Kestrel Cloud, Inc., Attention: General Counsel, 410 Harbor Street, Portland, Maine 04101.

5.2 Governing Law. This Agreement is governed by the laws of the State of Maine.

5.3 Assignment. Neither party may assign this Agreement without consent.

EXHIBIT A
SERVICE LEVELS

Provider will maintain availability of 99.5% in each calendar month.

EXHIBIT B
USER ROLES

| Name | Email | Role | Site |
|---|---|---|---|
| Ingrid Solheim | ingrid@tamarack.example | Administrator | Akron |
| Paul Okafor | paul@tamarack.example | Planner | Akron |
| Renata Cruz | renata@tamarack.example | Viewer | Dayton |
`;

export const LEASE = `LEASE

THIS LEASE is made on 3 April 2022 between Harrow Estates Limited (the "Landlord") and Juniper Retail Limited (the "Tenant").

1. Interpretation

1.1 In this Lease the following expressions have the meanings set opposite them:

"Premises" means the ground floor of 14 Mill Lane, Leeds;

"Rent" means £48,000 per annum;

"Term" means ten years beginning on 1 May 2022.

2. Letting

2.1 The Landlord lets the Premises to the Tenant for the Term.

2.2 The Tenant shall use the Premises as a bookshop and for no other purpose.

3. Rent

3.1 The Tenant shall pay the Rent by equal quarterly payments in advance on the usual quarter days.

3.2 If any Rent is unpaid fourteen days after it falls due, interest is payable at 4% above base rate.

4. Repair

4.1 The Tenant shall:

(a) keep the interior in good repair;

(b) decorate the interior every five years; and

(c) keep the gutters clear.

5. Alienation

5.1 The Tenant shall not assign or underlet the whole or part of the Premises.

6. Break

6.1 The Tenant may end this Lease on 30 April 2027 by giving not less than six months' notice.

Schedule 1 - Rights

1. The right to use the loading bay between 6 a.m. and 9 a.m.

2. The right to use four parking spaces.

Schedule 2 - Fixtures

Item\tNumber\tCondition
Shelving\t40\tgood
Counter\t2\tfair
Sign\t1\tgood
`;

export const LICENCE = `SOFTWARE LICENSE AGREEMENT

This Software License Agreement (this "Agreement") is made as of June 1, 2020 between Orrin Labs Corp. ("Licensor") and Pell & Sons, Inc. ("Licensee").

Section 1. Grant. Licensor grants to Licensee a license to install the Software on ten (10) servers located in the Territory. The license is non-transferable.

Section 2. Territory. "Territory" means France, Germany and Spain.

Section 3. Modules. The licensed modules are: (i) Ledger, (ii) Payroll, and (iii) Reporting.

Section 4. Royalties. Licensee shall pay a royalty of five percent (5%) of Net Sales within thirty (30) days after the end of each quarter.

Section 5. Audit. Licensor may audit Licensee once per year.

Section 6. Term. This Agreement continues until May 31, 2025, unless terminated in accordance with Section 7.

Section 7. Termination. Licensor may terminate this Agreement if Licensee fails to pay.

Section 8. Confidentiality.

(a) Each party shall keep the other's information confidential.

(b) The obligation lasts three years.

(c) Information that is public is not confidential.

Section 9. Survival. Sections 5 and 8 survive.

EXHIBIT A

NET SALES

Net Sales means gross receipts less returns.

EXHIBIT B

SUPPORT HOURS

Monday to Friday, 8:00 to 18:00 CET.
`;

export const DPA = `# Data Processing Agreement

between **Silta Oy** ("Controller") and **Brae Analytics Ltd** ("Processor"), dated 5 February 2025.

## 1. Subject matter

The Processor processes personal data on behalf of the Controller as described in Annex I.

## 2. Sub-processors

2.1 The Processor may engage the Sub-processors listed in Annex II.

2.2 The Processor shall inform the Controller of any intended change fourteen (14) days in advance.

## 3. Security

3.1 The Processor implements the measures set out in Annex III.

3.2 Access to personal data is limited to twelve (12) persons.

## 4. Breach notification

The Processor shall notify the Controller of a personal data breach within 72 hours.

## 5. Term

This Agreement ends with the Main Agreement.

## Annex I – Processing

**Data subjects:** customers of the Controller.

**Categories of data:** names, addresses.

## Annex II – Sub-processors

| Sub-processor | Country | Service |
|---|---|---|
| Nimbus Hosting BV | Netherlands | Hosting |
| Quill Mail AB | Sweden | E-mail |

## Annex III – Measures

1. Encryption at rest.

2. Access by named accounts only.
`;

export const GERMAN = `Dienstleistungsvertrag

zwischen der Falkenau Logistik GmbH ("Auftraggeber") und der Tessmar IT AG ("Auftragnehmer") vom 12. März 2023.

§ 1 Gegenstand

(1) Der Auftragnehmer betreibt das Lagersystem des Auftraggebers.

(2) Bis zu 30 Benutzer erhalten Zugang zum Lagersystem.

§ 2 Vergütung

(1) Die Vergütung beträgt 8.500 EUR je Monat.

(2) Rechnungen sind innerhalb von 30 Tagen fällig.

§ 3 Laufzeit

Der Vertrag beginnt am 1. April 2023 und endet am 31. März 2026.

§ 4 Geheimhaltung

Die Parteien behandeln alle Informationen vertraulich.

§ 5 Kündigung

Jede Partei kann den Vertrag mit einer Frist von drei Monaten kündigen.

§ 6 Schlussbestimmungen

Es gilt deutsches Recht.

Anlage 1 - Leistungen

Betrieb, Wartung und Support an Werktagen.
`;

export const FRENCH = `CONTRAT DE LICENCE

Entre la société Vaubert SAS (le « Concédant ») et la société Lormont SARL (le « Licencié »), en date du 4 mai 2023.

Article 1 - Objet

Le Concédant accorde au Licencié le droit d'utiliser le logiciel en France et en Belgique.

Article 2 - Utilisateurs

Le nombre d'utilisateurs est limité à vingt (20).

Article 3 - Redevance

La redevance annuelle est de 15 000 euros. Elle est payable dans les trente jours.

Article 4 - Durée

Le contrat est conclu pour une durée de trois ans.

Article 5 - Résiliation

Chaque partie peut résilier le contrat moyennant un préavis de trois mois.

Annexe 1 - Modules

Comptabilité, Paie.
`;

export const MODULES = `LICENCE

This Licence (the "Licence") is made on 4 May 2024 between Orrin Labs Corp. and Pell & Sons, Inc.

1. The licensed modules are listed in Exhibit A.

EXHIBIT A

Licensed Modules:

Ledger

Payroll

TBD

Trial Modules:

Reporting

The modules of this Exhibit may be changed by agreement.
`;

export const BASES = { MODULES, SAAS, LEASE, LICENCE, DPA, GERMAN, FRENCH };
