"""Common Polish first names, to recognise a list of people. Names that are also everyday words are left out."""

_NAMES = """
adam adela adolf adrian adrianna agata agnieszka alan albert albin albina aldona aleksander aleksandra alfons alfred
alfreda alicja alina ambroży amelia anastazja anatol andrij andrzej andżelika aneta angelika ania aniela anita anna
antoni antonia antonina apolonia apolonina ariel arkadiusz arleta arnold artur asia augustyn aurelia barbara barnaba
bartek bartłomiej bartosz basia beata benedykt beniamin berenika bernadeta bernadetta bernard błanka blanka błażej
bogdan bogdana bogna bogumił bogumiła bogusia bogusław bogusława bolesław bolesława bonifacy borys bożena bronisław
bronisława bronisz bruno brunon brygida cecylia celestyna celina cezary cyprian cyryl czesia czesław czesława dagmara
damian daniel daniela danusia danuta darek daria dariusz dawid dionizy dobrosława dominik dominika donata dorota
edmund edward edwin edyta ela eleonora eliasz eliza elwira elżbieta emanuel emil emilia emilian ernest eryk estera
eugenia eugeniusz eustachy ewa ewald ewaryst ewelina fabian faustyna felicja feliks ferdynand filip filomena
florentyna florian franciszek franciszka fredek fryderyk gabriel gabriela genowefa gerard gerwazy gienia gizela gosia
gracjan gracjana grażyna grzegorz grześ gustaw halina hania hanna helena helga henia henrietta henryk henryka hieronim
hilary hipolit honorata hubert idalia iga ignacy igor ilona inga irena ireneusz irmina iryna iwo iwona iza izabela
izydor jacek jacuś jadwiga jadzia jagna jakub jan janina janusz jarema jarosław jasiek jeremi jeremiasz jerzy joachim
joanna jolanta jonasz józef józefa józefina józek judyta julia julian julianna julita juliusz jurek justyna kacper
kajetan kamil kamila karina karol karolina kasandra kasia kasper katarzyna kazimiera kazimierz kinga klara klaudia
klaudiusz klemens klementyna konrad konstancja konstanty kordian kornelia korneliusz krysia krystian krystiana
krystyna krzysiek krzysztof ksawery kunegunda larysa laura lech lena leokadia leon leonard leonarda leonia leopold
leszek lidia lidka liliana lilianna lilla longina lucek lucja łucja lucjan lucyna ludmiła ludomir ludwik ludwika luiza
łukasz maciej maciek madzia magda magdalena maksym maksymilian małgorzata małgosia malwina manfred marcel marceli
marcelina marcin marek maria marian marianna marietta marika mariola marita mariusz marlena marta martyna maryla
marysia marzena mateusz matylda maurycy melania michał michalina mieczysław mieczysława mietek mikołaj milena miłosz
mirek mirella miron mirosław mirosława modest monika mykola nadia napoleon natalia natalija natan nataniel nela
nikodem nikola nina norbert oksana oktawia oktawian ola olaf olek ołeksandr oleksandr olena olga olgierd oliwer oliwia
oliwier onufry oskar otylia pamela pankracy patrycja patryk paulina paweł pelagia petronela piotr piotrek prakseda
przemysław radosław rafał rajmund rebeka regina remigiusz renata rita robert roksana roland roman romana romek romuald
rozalia rudolf rufin rysiek ryszard ryszarda sabina salomea samanta samuel sandra sara sebastian serafina sergiusz
serhij seweryn seweryna sławomir sonia stanisław stanisława stasia staszek stefan stefania stella svitlana switłana
sylwana sylwester sylwia szczepan szczęsny szymon tadek tadeusz tamara tekla teodor teodora teofil teofila teresa
tetiana tetyana tobiasz tola tomasz tomek tomira tymon tymoteusz tytus unisława ursyn urszula volodymyr wacek wacław
waldemar walenty wanda wandzia weronika wiesia wiesiek wiesław wiesława wiktor wiktoria wilhelm wilhelmina wincenta
wincenty wiola wioletta wirginia witalis witold witolda władek władysław władysława włodzimierz wojciech wojciecha
wojtek wolfgang wołodymyr zachariusz żaneta żanna zbigniew zbyszek zdzisław zdzisława zefiryn zenek zenobia zenon
zenona ziemowit ziuta zofia zosia zuzanna zuzia zygfryd zygmunt zygmunta zyta
"""

FIRST_NAMES = frozenset(_NAMES.split())
