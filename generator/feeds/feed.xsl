<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" exclude-result-prefixes="atom itunes">
<xsl:output method="html" encoding="UTF-8" doctype-system="about:legacy-compat"/>
<xsl:template match="/rss/channel">
<html lang="{language}">
<head>
  <meta name="viewport" content="width=device-width,initial-scale=1"/>
  <title><xsl:value-of select="title"/></title>
  <link rel="icon" href="/BASE/assets/taleshelf/favicon.svg" type="image/svg+xml"/>
  <link rel="stylesheet" href="/BASE/assets/taleshelf/fonts.css"/>
  <link rel="stylesheet" href="/BASE/assets/taleshelf/feed.css"/>
</head>
<body>
<header>
  <img src="{image/url}" alt="" width="240" height="240"/>
  <div>
    <h1><xsl:value-of select="title"/></h1>
    <p><xsl:value-of select="description"/></p>
    <p><a href="/BASE/">To the stories</a></p>
  </div>
</header>
<main>
  <section>
    <xsl:choose>
      <xsl:when test="itunes:explicit">
        <h2>This is a podcast</h2>
        <p>What you see is a feed: an address for your podcast app, so that every new story comes to you by itself. Give it to any app, or let the app find it:</p>
        <p><a class="button" href="/BASE/subscribe/">Subscribe</a></p>
      </xsl:when>
      <xsl:otherwise>
        <h2>This is a feed</h2>
        <p>An address for your feed reader, so that every new story comes to you by itself. Copy it into any reader:</p>
      </xsl:otherwise>
    </xsl:choose>
    <p><code><xsl:value-of select="atom:link[@rel='first']/@href"/><xsl:if test="not(atom:link[@rel='first'])"><xsl:value-of select="atom:link[@rel='self']/@href"/></xsl:if></code></p>
  </section>
  <section>
    <h2>Stories</h2>
    <ul>
      <xsl:for-each select="item">
        <li>
          <h3><a href="{link}"><xsl:value-of select="title"/></a></h3>
          <p><xsl:value-of select="substring(pubDate, 6, 11)"/></p>
          <xsl:if test="enclosure"><audio controls="controls" preload="none" src="{enclosure/@url}" aria-label="{title}"></audio></xsl:if>
        </li>
      </xsl:for-each>
    </ul>
    <nav aria-label="Pages">
      <xsl:if test="atom:link[@rel='prev']"><a href="{atom:link[@rel='prev']/@href}">Newer stories</a></xsl:if>
      <xsl:if test="atom:link[@rel='next']"><a href="{atom:link[@rel='next']/@href}">Older stories</a></xsl:if>
    </nav>
  </section>
</main>
</body>
</html>
</xsl:template>
</xsl:stylesheet>
