namespace MediaSecurityLite.Patterns.Tests.Feeds;

/// <summary>A small sample of each format, of names and addresses for documentation, as its publishers write it.</summary>
internal static class FeedSamples
{
    public const string Ja3 = "0123456789abcdef0123456789abcdef";
    public const string Ja4 = "t13d1516h2_8daaf6152771_e5627efa2ab1";
    public const string Md5 = "44d88612fea8a8f36de82e1278abb02f";
    public const string Sha1 = "3395856ce81f2b7382dee72602f798b642f14140";
    public const string Sha256 = "275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f";

    public const string Adblock = """
        [Adblock Plus 2.0]
        ! Title: sample
        ||ads.test^
        ||shop.test^$important
        ||third.test^$third-party
        ||host.test/banner^
        ||*.wild.test^
        @@||good.ads.test^
        ||fine.test^
        @@||fine.test^
        news.test##.advert
        /banner[0-9]+/
        ||below.fine.test^
        """;

    public const string Dnsmasq = """
        # sample
        address=/a.test/0.0.0.0
        address=/b.test/c.test/#
        server=/d.test/
        local=/e.test/
        address=/printer.test/192.0.2.9
        server=/corp.test/192.0.2.53
        bogus-priv
        address=a.test
        """;

    public const string Unbound = """
        server:
        local-zone: "a.test" always_nxdomain
        local-zone: "b.test." redirect
        local-data: "b.test A 0.0.0.0"
        local-data: "c.test. 300 IN AAAA ::"
        local-data: "printer.test A 192.0.2.9"
        local-zone: "home.test" transparent
        do-ip6: no
        local-zone: "broken.test"
        """;

    public const string Addresses = """
        192.0.2.0/24 ; SBL1
        2001:db8:1::/48 # a prefix
        198.51.100.7
        2001:db8::7
        192.0.2.0/33
        example.test
        """;

    public const string ThreatFoxCsv = """
        ################################################################
        # "first_seen_utc","ioc_id","ioc_value","ioc_type","threat_type","fk_malware","malware_alias","malware_printable","last_seen_utc","confidence_level","is_compromised","reference","tags","anonymous","reporter"
        "2026-11-01 00:00:00", "1", "198.51.100.9:443", "ip:port", "botnet_cc", "win.cobalt_strike", "Agentemis", "Cobalt Strike", "", "100", "False", "None", "", "0", "a"
        "2026-11-01 00:00:00", "2", "c2.test", "domain", "botnet_cc", "win.emotet", "Geodo,Heodo", "Emotet", "", "75", "False", "None", "a,b", "0", "a ""b"" c"
        "2026-11-01 00:00:00", "3", "http://drop.test/a.exe", "url", "payload_delivery", "win.emotet", "None", "Emotet", "", "100", "False", "None", "", "0", "a"
        "2026-11-01 00:00:00", "4", "275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f", "sha256_hash", "payload", "win.emotet", "None", "Emotet", "", "100", "False", "None", "", "0", "a"
        "2026-11-01 00:00:00", "5", "a@mail.test", "envelope_from", "payload_delivery", "unknown", "None", "Unknown malware", "", "100", "False", "None", "", "0", "a"
        "2026-11-01 00:00:00", "6", "weak.test", "domain", "botnet_cc", "win.emotet", "None", "Emotet", "", "25", "False", "None", "", "0", "a"
        "2026-11-01 00:00:00", "7", "broken
        """;

    public const string ThreatFoxJson = """
        {
          "1": [ { "ioc_value": "198.51.100.9:443", "ioc_type": "ip:port", "threat_type": "botnet_cc", "malware_printable": "Cobalt Strike", "confidence_level": 100 } ],
          "2": [ { "ioc_value": "c2.test", "ioc_type": "domain", "threat_type": "botnet_cc", "malware_printable": "Emotet", "confidence_level": 75 } ],
          "3": [ { "ioc_value": "http://drop.test/a.exe", "ioc_type": "url", "threat_type": "payload_delivery", "malware_printable": "Emotet", "confidence_level": 100 } ],
          "4": [ { "ioc_value": "275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f", "ioc_type": "sha256_hash", "threat_type": "payload", "malware_printable": "Emotet" } ],
          "5": [ { "ioc_value": "a@mail.test", "ioc_type": "envelope_from", "threat_type": "payload_delivery", "malware_printable": "Unknown malware" } ],
          "6": [ { "ioc_value": "weak.test", "ioc_type": "domain", "threat_type": "botnet_cc", "malware_printable": "Emotet", "confidence_level": 25 } ],
          "7": [ { "ioc_value": "no host", "ioc_type": "domain", "threat_type": "botnet_cc", "malware_printable": null } ]
        }
        """;

    public const string UrlHausCsv = """
        # id,dateadded,url,url_status,last_online,threat,tags,urlhaus_link,reporter
        "1","2026-11-01 00:00:00","http://drop.test/x%2Fb%7e.sh","online","2026-11-01 00:00:00","malware_download","Mozi,elf","https://urlhaus.test/url/1/","a"
        "2","2026-11-01 00:00:00","http://198.51.100.8:40000/i","offline","","malware_download","mirai","https://urlhaus.test/url/2/","a"
        """;

    public const string UrlHausJson = """
        { "1": [ { "dateadded": "2026-11-01 00:00:00 UTC", "url": "http://drop.test/x%2Fb%7e.sh", "url_status": "online", "threat": "malware_download", "tags": ["Mozi", "elf"] } ],
          "2": [ { "url": "http://198.51.100.8:40000/i", "url_status": "offline", "threat": "malware_download", "tags": null } ] }
        """;

    public const string FeodoCsv = """
        # Feodo Tracker
        first_seen_utc,dst_ip,dst_port,c2_status,last_online,malware
        2026-11-01 00:00:00,198.51.100.9,443,online,2026-11-01,Dridex
        """;

    public const string FeodoJson = """
        [ { "ip_address": "198.51.100.9", "port": 443, "status": "online", "malware": "Dridex" }, { "ip_address": "2001:db8::9", "port": 8080, "malware": "Dridex" } ]
        """;

    public const string SslblCsv = """
        # Listingdate,SHA1,Listingreason
        2026-11-01 00:00:00,3395856ce81f2b7382dee72602f798b642f14140,Dridex C&C
        """;

    public const string SslblJa3 = """
        # ja3_md5,Firstseen,Lastseen,Listingreason
        0123456789abcdef0123456789abcdef,2026-11-01 00:00:00,2026-11-01 00:00:00,TrickBot
        """;

    public const string MispEvent = """
        { "Event": { "info": "sample", "uuid": "5a5a5a5a-0000-4000-8000-000000000001",
          "Attribute": [
            { "type": "domain", "category": "Network activity", "to_ids": true, "value": "c2.test" },
            { "type": "ip-dst|port", "category": "Network activity", "to_ids": true, "value": "198.51.100.9|443" },
            { "type": "filename|sha256", "category": "Payload delivery", "to_ids": true, "value": "a.exe|275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f" },
            { "type": "ja3-fingerprint-md5", "category": "Network activity", "to_ids": true, "value": "0123456789abcdef0123456789abcdef" },
            { "type": "domain", "category": "Network activity", "to_ids": false, "value": "context.test" },
            { "type": "yara", "category": "Payload delivery", "to_ids": true, "value": "rule a {}" } ],
          "Object": [ { "name": "url", "Attribute": [
            { "type": "url", "category": "Network activity", "to_ids": true, "value": "http://drop.test/a", "Tag": [ { "name": "misp-galaxy:ransomware=\"Lock Bit\"" } ] } ] } ],
          "Tag": [ { "name": "tlp:clear" }, { "name": "misp-galaxy:mitre-malware=\"Emotet - S0367\"" } ] } }
        """;

    public const string Stix = """
        { "type": "bundle", "id": "bundle--1", "objects": [
          { "type": "malware", "id": "malware--1", "name": "Emotet" },
          { "type": "relationship", "relationship_type": "indicates", "source_ref": "indicator--1", "target_ref": "malware--1" },
          { "type": "indicator", "id": "indicator--1", "pattern_type": "stix", "indicator_types": ["malicious-activity"], "pattern": "[domain-name:value = 'c2.test' OR ipv4-addr:value = '192.0.2.0/28']" },
          { "type": "indicator", "id": "indicator--2", "pattern_type": "stix", "pattern": "[ipv6-addr:value = '2001:db8::9'] OR [url:value = 'http://drop.test/it\\'s']" },
          { "type": "indicator", "id": "indicator--3", "pattern_type": "stix", "pattern": "[file:hashes.'SHA-256' = '275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f']" },
          { "type": "indicator", "id": "indicator--4", "pattern_type": "stix", "pattern": "[domain-name:value = 'a.test' AND ipv4-addr:value = '192.0.2.1']" },
          { "type": "indicator", "id": "indicator--5", "pattern_type": "stix", "pattern": "[domain-name:value MATCHES 'a.*']" },
          { "type": "indicator", "id": "indicator--6", "pattern_type": "yara", "pattern": "rule a {}" },
          { "type": "indicator", "id": "indicator--7", "pattern_type": "stix", "revoked": true, "pattern": "[domain-name:value = 'old.test']" },
          { "type": "indicator", "id": "indicator--8", "pattern_type": "stix", "pattern": "[domain-name:value = 'open" } ] }
        """;

    public const string Fingerprints = """
        # sample
        0123456789abcdef0123456789abcdef, Trick Bot
        t13d1516h2_8daaf6152771_e5627efa2ab1
        33:95:85:6C:E8:1F:2B:73:82:DE:E7:26:02:F7:98:B6:42:F1:41:40
        0123
        """;

    public const string FileHashes = """
        44d88612fea8a8f36de82e1278abb02f:68:Eicar-Test-Signature
        275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f:*:Eicar.Test:73
        3395856ce81f2b7382dee72602f798b642f14140  eicar.com
        275A021BBFB6489E54D471899F7DB9D1663FC695EC2FE2A2C4538AABF651FD0E
        44d88612fea8a8f36de82e1278abb02f:many:Broken
        xyz
        """;

    public const string Rules = """
        # alert tcp any any -> any any (msg:"off"; sid:1;)
        alert http any any -> any any (msg:"sid:9; in text"; content:"a\"b"; sid:2; rev:1;)
        alert tcp any any -> any any \
            (msg:"joined"; sid:3;)
        alert tcp any any -> any any (msg:"no id";)
        nonsense
        drop udp any any -> any any (msg:"again"; sid:2;)
        """;

    /// <summary>Every text format by the name that source lists give it.</summary>
    public static readonly IReadOnlyList<(string Format, string Text)> All =
    [
        ("trails", "a.test\n192.0.2.1:443\nb.test/path\n"), ("domains", "a.test\n192.0.2.1\n"), ("wildcards", "*.a.test\nb.test\n"),
        ("hosts", "0.0.0.0 a.test\n"), ("adblock", Adblock), ("dnsmasq", Dnsmasq), ("unbound", Unbound), ("addresses", Addresses),
        ("abuseCh", ThreatFoxCsv), ("abuseCh", ThreatFoxJson), ("abuseCh", UrlHausCsv), ("abuseCh", UrlHausJson), ("abuseCh", FeodoCsv),
        ("abuseCh", FeodoJson), ("abuseCh", SslblCsv), ("abuseCh", SslblJa3), ("misp", MispEvent), ("stix", Stix),
        ("fingerprints", Fingerprints), ("fileHashes", FileHashes), ("suricataRules", Rules),
    ];
}
