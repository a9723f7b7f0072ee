/** Keeps n8n from calling anyone but the API under test, and from showing surveys and banners. */
export const quietSettings: NodeJS.ProcessEnv = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	// The list of verified packages is fetched from n8n's own server.
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	// Task runners are part of 2.x; 1.x has to be asked for them.
	N8N_RUNNERS_ENABLED: 'true',
	// The editor is served over plain HTTP on the loopback address.
	N8N_SECURE_COOKIE: 'false',
	GENERIC_TIMEZONE: Intl.DateTimeFormat().resolvedOptions().timeZone,
};
