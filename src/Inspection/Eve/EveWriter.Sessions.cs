using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Ldap;
using MediaSecurityLite.Inspection.Protocols.Mqtt;
using MediaSecurityLite.Inspection.Protocols.MySql;
using MediaSecurityLite.Inspection.Protocols.PostgreSql;
using MediaSecurityLite.Inspection.Protocols.Socks;
using MediaSecurityLite.Inspection.Protocols.Ssdp;
using MediaSecurityLite.Inspection.Protocols.Syslog;

namespace MediaSecurityLite.Inspection.Eve;

/// <content>Records about how a session starts, for protocols with few facts. Passwords appear in none.</content>
internal sealed partial class EveWriter
{
    public void Ldap(Flow flow, LdapParser session, long now)
    {
        Begin("ldap"u8, flow, now);
        Field(",\"ldap\":{\"request\":{\"operation\":\"bind_request\",\"bind_request\":{\"version\":"u8, session.BindVersion);
        Field(",\"name\":"u8, session.BindName.Value);
        OptionalField(",\"mechanism\":"u8, session.Mechanism.Value);
        _json.Raw("}}"u8);
        if (session.ResultCode >= 0)
        {
            Field(",\"responses\":[{\"operation\":\"bind_response\",\"bind_response\":{\"result_code\":"u8, session.ResultCode);
            _json.Raw("}}]"u8);
        }

        _json.Raw("}"u8);
        End();
    }

    public void Mqtt(Flow flow, MqttParser session, long now)
    {
        Begin("mqtt"u8, flow, now);
        _json.Raw(",\"mqtt\":{"u8);
        if (session.Version != 0)
        {
            Field("\"connect\":{\"protocol_string\":"u8, session.ProtocolName.Value);
            Field(",\"protocol_version\":"u8, session.Version);
            Flag(",\"flags\":{\"username\":"u8, session.Flags, 0x80);
            Flag(",\"password\":"u8, session.Flags, 0x40);
            Flag(",\"will_retain\":"u8, session.Flags, 0x20);
            Flag(",\"will\":"u8, session.Flags, 0x04);
            Flag(",\"clean_session\":"u8, session.Flags, 0x02);
            Field("},\"client_id\":"u8, session.ClientId.Value);
            _json.Raw("}"u8);
        }

        if (session.HasAnswer)
        {
            Flag(session.Version == 0 ? "\"connack\":{\"session_present\":"u8 : ",\"connack\":{\"session_present\":"u8, session.IsSessionPresent ? 1 : 0, 1);
            Field(",\"return_code\":"u8, session.ReturnCode);
            _json.Raw("}"u8);
        }

        _json.Raw("}"u8);
        End();
    }

    public void MySql(Flow flow, MySqlParser session, long now)
    {
        Begin("mysql"u8, flow, now);
        Field(",\"mysql\":{\"version\":"u8, session.ServerVersion.Value);
        Flag(",\"tls\":"u8, session.IsHandingOver ? 1 : 0, 1);
        _json.Raw("}"u8);
        End();
    }

    public void PostgreSql(Flow flow, PostgreSqlParser session, long now)
    {
        Begin("pgsql"u8, flow, now);
        Field(",\"pgsql\":{\"request\":{\"protocol_version\":\"3.0\",\"startup_parameters\":{\"user\":"u8, session.User.Value);
        _json.Raw(",\"optional_parameters\":{"u8);
        Field("\"database\":"u8, session.Database.Length > 0 ? session.Database.Value : session.User.Value);
        OptionalField(",\"application_name\":"u8, session.Application.Value);
        _json.Raw("}}}}"u8);
        End();
    }

    public void Socks(Flow flow, SocksParser session, long now)
    {
        Begin("socks"u8, flow, now);
        Field(",\"socks\":{\"version\":"u8, session.Version);
        Field(",\"command\":"u8, session.Command switch { 1 => "connect"u8, 2 => "bind"u8, 3 => "udp_associate"u8, _ => "other"u8 });
        if (session.Name.Length > 0)
        {
            Field(",\"host\":"u8, session.Name.Value);
        }
        else
        {
            Address(",\"host\":\""u8, session.Address);
        }

        Field(",\"port\":"u8, session.Port);
        Flag(",\"granted\":"u8, session.IsGranted ? 1 : 0, 1);
        _json.Raw("}"u8);
        End();
    }

    public void Ssdp(Flow flow, in SsdpMessage message, long now)
    {
        Begin("ssdp"u8, flow, now);
        Field(",\"ssdp\":{\"type\":"u8, message.Method.StartsWith("HTTP"u8) ? "response"u8 : message.Method);
        OptionalField(",\"target\":"u8, message.Target);
        OptionalField(",\"server\":"u8, message.Server);
        OptionalField(",\"location\":"u8, message.Location);
        OptionalField(",\"user_agent\":"u8, message.UserAgent);
        _json.Raw("}"u8);
        End();
    }

    public void Syslog(Flow flow, in SyslogMessage message, long now)
    {
        Begin("syslog"u8, flow, now);
        Field(",\"syslog\":{\"facility\":"u8, message.Priority >> 3);
        Field(",\"severity\":"u8, message.Priority & 7);
        OptionalField(",\"hostname\":"u8, message.HostName);
        OptionalField(",\"app_name\":"u8, message.AppName);
        _json.Raw("}"u8);
        End();
    }

    private void Flag(ReadOnlySpan<byte> name, int flags, int bit)
    {
        _json.Raw(name);
        _json.Raw((flags & bit) != 0 ? "true"u8 : "false"u8);
    }
}
