xsltproc: XSLT 1.0 with EXSLT.

### a report from a list
# skip(v86): the guest has no xsltproc
cat > in.xml <<'X'
<?xml version="1.0"?>
<books><book year="2001" lang="en"><title>B &amp; C</title><price>10.50</price></book><book year="1999"><title>Ä</title><price>7</price></book><book year="2010" lang="en"><title>A</title><price>3.25</price></book></books>
X
cat > t.xsl <<'X'
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:output method="text" encoding="UTF-8"/>
<xsl:param name="min" select="0"/>
<xsl:key name="lang" match="book" use="@lang"/>
<xsl:template match="/"><xsl:for-each select="//book[price &gt; $min]"><xsl:sort select="@year" data-type="number"/><xsl:value-of select="position()"/>. <xsl:value-of select="concat(title, ' (', @year, ')')"/><xsl:if test="not(@lang)"> ?</xsl:if><xsl:text>&#10;</xsl:text></xsl:for-each><xsl:value-of select="format-number(sum(//price), '#,##0.00')"/> <xsl:value-of select="count(key('lang', 'en'))"/><xsl:text>&#10;</xsl:text></xsl:template>
</xsl:stylesheet>
X
xsltproc t.xsl in.xml; xsltproc --param min 5 t.xsl in.xml; xsltproc --stringparam min 9 t.xsl - < in.xml; xsltproc -o out.txt t.xsl in.xml; wc -l < out.txt

### HTML, templates and functions
# skip(v86): the guest has no xsltproc
cat > in.xml <<'X'
<doc><h>Title</h><p>one <b>two</b> &lt;3</p><p/><list><i>x</i><i>y</i></list></doc>
X
cat > h.xsl <<'X'
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:str="http://exslt.org/strings" xmlns:date="http://exslt.org/dates-and-times" xmlns:set="http://exslt.org/sets" extension-element-prefixes="str date set">
<xsl:output method="html" indent="yes"/>
<xsl:template match="doc"><html><head><title><xsl:value-of select="h"/></title></head><body><xsl:apply-templates/></body></html></xsl:template>
<xsl:template match="h"><h1 id="{generate-id() != ''}"><xsl:apply-templates/></h1></xsl:template>
<xsl:template match="p"><p><xsl:copy-of select="node()"/></p></xsl:template>
<xsl:template match="list"><xsl:call-template name="row"><xsl:with-param name="n" select="3"/></xsl:call-template><ul><xsl:apply-templates select="i"/></ul><br/><xsl:for-each select="str:tokenize('a,b', ',')"><i><xsl:value-of select="."/></i></xsl:for-each><xsl:value-of select="date:year('2024-05-06')"/><xsl:value-of select="count(set:distinct(//i))"/></xsl:template>
<xsl:template match="i"><li class="n{position()}"><xsl:value-of select="translate(., 'xy', 'XY')"/></li></xsl:template>
<xsl:template name="row"><xsl:param name="n"/><xsl:if test="$n &gt; 0">*<xsl:call-template name="row"><xsl:with-param name="n" select="$n - 1"/></xsl:call-template></xsl:if></xsl:template>
</xsl:stylesheet>
X
xsltproc h.xsl in.xml; xsltproc --html h.xsl - <<< '<p>loose'; cat > id.xsl <<'X'
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:template match="@*|node()"><xsl:copy><xsl:apply-templates select="@*|node()"/></xsl:copy></xsl:template><xsl:template match="b"/><xsl:template match="i/text()"><xsl:value-of select="concat('[', ., ']')"/></xsl:template></xsl:stylesheet>
X
xsltproc id.xsl in.xml

### errors
# skip(v86): the guest has no xsltproc
echo '<a/>' > a.xml; echo '<a>' > bad.xml; cat > m.xsl <<'X'
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:template match="/"><xsl:message>a note</xsl:message><xsl:if test="a"><xsl:message terminate="yes">stop</xsl:message></xsl:if></xsl:template></xsl:stylesheet>
X
xsltproc m.xsl a.xml; echo $?; xsltproc m.xsl bad.xml; echo $?; xsltproc nosuch.xsl a.xml; echo $?; xsltproc a.xml a.xml; echo $?; xsltproc --nosuch 2>&1 | head -2; sed 's/a note/<xsl:value-of select="f("\/>/' m.xsl > b.xsl; xsltproc b.xsl a.xml; echo $?
