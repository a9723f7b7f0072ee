import type { MediaMimeType } from '../minimax/mediaFormat';

/** What the API takes of one kind of media, and where the panel has it. */
export interface MediaKind {
	type: 'image_url' | 'video_url';
	option: 'images' | 'videos';
	label: string;
	/** What a model is said to see. */
	sees: 'images' | 'video';
	mimeTypes: readonly MediaMimeType[];
	/** The same for people. */
	formats: string;
	mostBytes: number;
}

export const MB = 1024 * 1024;

/** Sizes: https://platform.minimax.io/docs/api-reference/text-chat-openai */
export const IMAGES: MediaKind = {
	type: 'image_url',
	option: 'images',
	label: 'Images',
	sees: 'images',
	mimeTypes: ['image/jpeg', 'image/png', 'image/gif', 'image/webp'],
	formats: 'JPEG, PNG, GIF or WEBP',
	mostBytes: 10 * MB,
};

export const VIDEOS: MediaKind = {
	type: 'video_url',
	option: 'videos',
	label: 'Videos',
	sees: 'video',
	mimeTypes: ['video/mp4', 'video/x-msvideo', 'video/quicktime', 'video/x-matroska'],
	formats: 'MP4, AVI, MOV or MKV',
	mostBytes: 50 * MB,
};

/** What a body may hold, see the same page. */
export const MOST_BODY_BYTES = 64 * MB;
