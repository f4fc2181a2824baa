xmllint.

### formatting and checking
# skip(v86): the guest has no xmllint
echo '<a><b x="1">t</b><c/><d><e>1</e></d></a>' > a.xml; xmllint a.xml; xmllint --format a.xml; xmllint --noout a.xml; echo $?; echo '<a><b></a>' > bad.xml; xmllint --noout bad.xml; echo $?; xmllint --noblanks --format - <<< '<a>  <b/>  </a>'; XMLLINT_INDENT='    ' xmllint --format a.xml | head -n 3; xmllint --noout missing.xml; echo $?; printf '<a>\n<b attr=x/>\n</a>' | xmllint --noout -; echo $?; xmllint --recover bad.xml 2> /dev/null; echo $?; printf '' | xmllint -; echo $?

### xpath
# skip(v86): the guest has no xmllint
cat > b.xml <<'X'
<?xml version="1.0" encoding="UTF-8"?>
<catalog><book id="1" lang="en"><title>One &amp; Only</title><price>9.50</price></book><book id="2"><title>Zwei ü</title><price>20</price></book><!-- note --></catalog>
X
xmllint --xpath '//title/text()' b.xml; echo; xmllint --xpath 'string(//book[@id="2"]/title)' b.xml; xmllint --xpath '//book/@id' b.xml; xmllint --xpath 'count(//book)' b.xml; xmllint --xpath 'sum(//price)' b.xml; xmllint --xpath '//book[price > 10]' b.xml; xmllint --xpath '//nothing' b.xml; echo $?; xmllint --xpath '//[' b.xml; echo $?; xmllint --xpath 'concat(name(/*), ":", normalize-space(" a  b "))' b.xml; xmllint --xpath '//book[last()]/title | //comment()' b.xml; xmllint --xpath 'boolean(//book[@lang])' b.xml; xmllint --xpath '//*[local-name()="price"][1]/text()' b.xml; echo 'cat //title' | xmllint --shell b.xml

### html
# skip(v86): the guest has no xmllint
printf '<html><body><p class=x>One<br>Two<ul><li>a<li>b</ul><a href="/u?a=1&b=2">l</a></body></html>' > p.html; xmllint --html --xpath '//li/text()' p.html 2> /dev/null; echo; xmllint --html --xpath 'string(//a/@href)' p.html 2> /dev/null; xmllint --html --noout p.html; echo $?; xmllint --html --xmlout p.html 2> /dev/null

### dtd, schemas and entities
# skip(v86): the guest has no xmllint
cat > n.xml <<'X'
<?xml version="1.0"?>
<!DOCTYPE note [<!ELEMENT note (to,body)><!ELEMENT to (#PCDATA)><!ELEMENT body (#PCDATA)><!ENTITY who "World">]>
<note><to>&who;</to><body>x</body></note>
X
xmllint --valid --noout n.xml && echo valid; xmllint --noent n.xml | tail -n 1; sed 's/<body>x<\/body>//' n.xml > m.xml; xmllint --valid --noout m.xml; echo $?; xmllint --dropdtd --noent n.xml; cat > s.xsd <<'X'
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="p"><xs:complexType><xs:sequence><xs:element name="age" type="xs:int" maxOccurs="2"/></xs:sequence><xs:attribute name="id" type="xs:ID" use="required"/></xs:complexType></xs:element></xs:schema>
X
echo '<p id="a"><age>5</age></p>' > ok.xml; echo '<p><age>old</age></p>' > no.xml; xmllint --noout --schema s.xsd ok.xml; echo $?; xmllint --noout --schema s.xsd no.xml; echo $?; cat > r.rng <<'X'
<element name="p" xmlns="http://relaxng.org/ns/structure/1.0"><attribute name="id"/><oneOrMore><element name="age"><text/></element></oneOrMore></element>
X
xmllint --noout --relaxng r.rng ok.xml; xmllint --noout --relaxng r.rng no.xml; echo $?

### namespaces, encodings and canonical form
# skip(v86): the guest has no xmllint
echo '<r xmlns="u:d" xmlns:x="u:x"><x:a b="2" a="1"/><c>é</c></r>' > n.xml; xmllint --xpath "//*[local-name()='a']/@b" n.xml; xmllint --c14n n.xml; echo; xmllint --encode ISO-8859-1 n.xml | od -c | tail -n 3; xmllint --encode ASCII n.xml; printf '<?xml version="1.0" encoding="ISO-8859-1"?><a>\xe9</a>' | xmllint --encode UTF-8 -; printf 'setns d=u:d\nxpath //d:c\nquit\n' | xmllint --shell n.xml; xmllint --nsclean n.xml; xmllint --version 2>&1 | head -n 1; echo '<a>&undefined;</a>' | xmllint --noout -; echo $?; xmllint --stream --noout n.xml && echo streamed; xmllint --sax --noout n.xml | head -n 3; xmllint --debug - <<< '<a>t</a>'; xmllint --pretty 2 - <<< '<a b="1"><c/></a>'
