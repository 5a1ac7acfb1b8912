"""Common Polish first names, to recognise a list of people. Names that are also everyday words are left out."""

_NAMES = """
adam adrian agata agnieszka aldona aleksander aleksandra alicja alina amelia andrzej aneta angelika anna antoni
antonina arkadiusz artur barbara bartosz beata błażej bogdan bogumiła bogusław bogusława bożena bronisław
bronisława cecylia celina czesław czesława damian daniel danuta dariusz dawid dominik dominika dorota edward
edyta elżbieta emil emilia ewa ewelina fabian feliks filip franciszek franciszka gabriel gabriela genowefa gerard
grażyna grzegorz halina hanna helena henryk henryka honorata hubert igor ilona irena ireneusz iwona izabela jacek
jadwiga jakub jan janina janusz jarosław jerzy joanna jolanta józef józefa julia julian justyna kacper kamil
kamila karol karolina katarzyna kazimierz kazimiera kinga klaudia konrad kornelia krystian krystyna krzysztof
ksawery laura lech lena leon leszek lidia lucjan lucyna ludwik łucja łukasz maciej magda magdalena małgorzata
marcel marcin marek maria marian marianna mariola mariusz marlena marta martyna maryla marzena mateusz matylda
michalina michał mieczysław mieczysława mikołaj milena mirosław mirosława monika natalia nikola nina norbert
olga oliwia oliwier oskar patrycja patryk paulina paweł piotr przemysław radosław rafał regina renata robert
roman romuald ryszard sabina sandra sebastian sławomir sonia stanisław stanisława stefan stefania sylwester
sylwia szymon tadeusz teodor teresa tomasz tymon tymoteusz urszula wacław waldemar walenty wanda weronika
wiesław wiesława wiktor wiktoria wincenty witold władysław władysława włodzimierz wojciech zbigniew zdzisław
zdzisława zenon zofia zuzanna zygmunt
"""

FIRST_NAMES = frozenset(_NAMES.split())
