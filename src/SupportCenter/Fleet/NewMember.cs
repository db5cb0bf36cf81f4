using MediaSecurityLite.Contracts;

namespace MediaSecurityLite.SupportCenter.Fleet;

/// <summary>A gateway to register.</summary>
internal sealed record NewMember(GatewayId Id, string Name, string Mail, string Language);
