<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" exclude-result-prefixes="atom itunes">
<xsl:output method="html" encoding="UTF-8" doctype-system="about:legacy-compat"/>
<xsl:variable name="feed" select="/rss/channel/atom:link[@rel='first']/@href | /rss/channel[not(atom:link[@rel='first'])]/atom:link[@rel='self']/@href"/>
<!-- Addresses of the site itself without its host, so that a feed looks the same wherever the site is shown. -->
<xsl:template name="here"><xsl:param name="url"/>
  <xsl:choose>
    <xsl:when test="starts-with($url, 'ROOT')"><xsl:value-of select="concat('/BASE/', substring-after($url, 'ROOT'))"/></xsl:when>
    <xsl:otherwise><xsl:value-of select="$url"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>
<xsl:template match="/rss/channel">
<html lang="{language}" class="no-js ts-feed">
<head>
  <meta name="viewport" content="width=device-width,initial-scale=1"/>
  <title><xsl:value-of select="title"/></title>
  <link rel="icon" href="/BASE/assets/taleshelf/favicon.svg" type="image/svg+xml"/>
  <link rel="stylesheet" href="/BASE/assets/taleshelf/fonts.css"/>
  <link rel="stylesheet" href="/BASE/assets/taleshelf/palettes.css"/>
  <link rel="stylesheet" href="/BASE/assets/taleshelf/frame.css"/>
  <link rel="stylesheet" href="/BASE/assets/taleshelf/feed.css"/>
</head>
<body data-md-color-scheme="taleshelf-day">
<script src="/BASE/assets/taleshelf/first.js"></script>
<div class="ts-page">
  <header class="ts-feed__top">
    <div>
      <img alt="" width="180" height="180"><xsl:attribute name="src"><xsl:call-template name="here"><xsl:with-param name="url" select="image/url"/></xsl:call-template></xsl:attribute></img>
      <div>
        <h1><xsl:value-of select="title"/></h1>
        <p><xsl:value-of select="description"/></p>
        <p><a href="/BASE/">To the stories</a></p>
      </div>
    </div>
  </header>
  <main>
    <section class="ts-feed__what ts-sheet">
      <xsl:choose>
        <xsl:when test="itunes:image">
          <h2>This is a podcast</h2>
          <p>More exactly, its feed: an address for your podcast app, so that every new story comes to you by itself. Give it to any app, or let us open one:</p>
          <p><a class="ts-button" href="/BASE/subscribe/">Subscribe</a></p>
        </xsl:when>
        <xsl:otherwise>
          <h2>This is a feed</h2>
          <p>It is an address for your feed reader, so that every new story comes to you by itself. Copy it into any reader:</p>
        </xsl:otherwise>
      </xsl:choose>
      <p><code><xsl:value-of select="$feed"/></code></p>
    </section>
    <h2>What is in it</h2>
    <ul class="ts-feed__items">
      <xsl:for-each select="item">
        <li>
          <h3><a><xsl:attribute name="href"><xsl:call-template name="here"><xsl:with-param name="url" select="link"/></xsl:call-template></xsl:attribute><xsl:value-of select="title"/></a></h3>
          <p><xsl:value-of select="substring(pubDate, 6, 11)"/></p>
          <xsl:if test="enclosure"><audio controls="controls" preload="none" aria-label="{title}"><xsl:attribute name="src"><xsl:call-template name="here"><xsl:with-param name="url" select="enclosure/@url"/></xsl:call-template></xsl:attribute></audio></xsl:if>
        </li>
      </xsl:for-each>
    </ul>
    <xsl:if test="atom:link[@rel='prev'] | atom:link[@rel='next']">
      <nav class="ts-feed__pages" aria-label="Pages of the feed">
        <xsl:if test="atom:link[@rel='prev']"><a class="ts-button ts-button--quiet"><xsl:attribute name="href"><xsl:call-template name="here"><xsl:with-param name="url" select="atom:link[@rel='prev']/@href"/></xsl:call-template></xsl:attribute>Newer stories</a></xsl:if>
        <xsl:if test="atom:link[@rel='next']"><a class="ts-button ts-button--quiet"><xsl:attribute name="href"><xsl:call-template name="here"><xsl:with-param name="url" select="atom:link[@rel='next']/@href"/></xsl:call-template></xsl:attribute>Older stories</a></xsl:if>
      </nav>
    </xsl:if>
  </main>
</div>
</body>
</html>
</xsl:template>
</xsl:stylesheet>
